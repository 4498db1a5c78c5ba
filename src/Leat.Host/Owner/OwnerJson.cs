using System.Text.Json.Serialization;

namespace Leat.Host.Owner;

[JsonSerializable(typeof(OwnerRequest))]
internal sealed partial class OwnerJson : JsonSerializerContext;
