using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>Where a value is put.</summary>
internal abstract record AssignTarget(int Offset)
{
    internal sealed record Variable(int Offset, string Identifier) : AssignTarget(Offset);

    internal sealed record TupleOf(int Offset, ImmutableArray<AssignTarget> Items) : AssignTarget(Offset);

    internal sealed record NamespaceMember(int Offset, string Identifier, string Member) : AssignTarget(Offset);
}
