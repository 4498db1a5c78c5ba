namespace Leat.Serve.Catalog;

/// <summary>A dataset of the project.</summary>
/// <param name="Kind">topic, table or view.</param>
/// <param name="Name">Name within its kind.</param>
/// <param name="Sql">How SQL calls it; null when it cannot.</param>
/// <param name="Link">Address of its details.</param>
/// <param name="Fields">Declared or actual fields: name to type; empty when unknown.</param>
internal sealed record DatasetAnswer(string Kind, string Name, string? Sql, string? Link, IReadOnlyDictionary<string, string> Fields);
