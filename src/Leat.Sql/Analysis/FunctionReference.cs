namespace Leat.Sql;

/// <summary>A function called in a statement.</summary>
internal sealed record FunctionReference(string Catalog, string Schema, string Name, bool IsTable, int Position);
