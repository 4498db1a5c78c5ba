namespace Leat.Serve.Sql;

/// <summary>Body of <c>POST /v1/sql</c>.</summary>
internal sealed record SqlQuestion(string? Sql, int? Limit);
