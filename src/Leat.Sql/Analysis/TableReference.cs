using System.Text.Json.Nodes;

namespace Leat.Sql;

/// <summary>A relation named in a statement.</summary>
/// <param name="Catalog">First part of a name of three; else empty.</param>
/// <param name="Schema">Part before the name; else empty.</param>
/// <param name="Name">The name itself.</param>
/// <param name="Position">Character where it starts.</param>
/// <param name="HasAlias">Whether the statement names it otherwise.</param>
/// <param name="At">The expression of <c>AT (unit => ...)</c>, with its unit; null = none.</param>
internal sealed record TableReference(string Catalog, string Schema, string Name, int Position, bool HasAlias, (string Unit, JsonNode Expression)? At)
{
    /// <summary>The name as one would write it in a message.</summary>
    public string Written => string.Join('.', new[] { Catalog, Schema, Name }.Where(part => part.Length > 0));
}
