namespace Leat.Serve.Catalog;

/// <summary>Answer of <c>GET /v1/catalog</c>.</summary>
internal sealed record CatalogAnswer(IReadOnlyList<DatasetAnswer> Datasets);
