using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>What a for loop does: filter of items, body, what to render when there was no item, and whether loop(...) may recurse.</summary>
internal sealed record ForBody(Expression? Filter, ImmutableArray<Statement> Statements, ImmutableArray<Statement> Else, bool Recursive);
