namespace Leat.Serve.Catalog;

/// <summary>Answer of <c>GET /v1/project</c>.</summary>
internal sealed record ProjectAnswer(string Name, string Version, string Target, DateTimeOffset Started, DateTimeOffset Now, IReadOnlyDictionary<string, string> Links);
