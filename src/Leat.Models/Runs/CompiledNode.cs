using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>A node's SQL, ready to run.</summary>
/// <param name="Node">The node.</param>
/// <param name="Sql">Compiled SQL, ephemeral parents included as CTEs.</param>
/// <param name="Map">Where the node's own text came from.</param>
/// <param name="Offset">Where the node's own text begins in <paramref name="Sql"/>.</param>
internal sealed record CompiledNode(Node Node, string Sql, RenderMap? Map, int Offset)
{
    /// <summary>"path:line:column" in the node's file for an offset in <see cref="Sql"/>.</summary>
    public string PlaceOf(int offset) => Map is null || offset < Offset ? Node.Path : Map.PlaceOf(offset - Offset);
}
