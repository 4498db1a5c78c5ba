using System.Text.Json.Serialization;

namespace Leat.Lake;

/// <summary>Serialises <see cref="StagedFiles"/> for checkpoint manifests, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StagedFiles))]
public sealed partial class StagedFilesJson : JsonSerializerContext;
