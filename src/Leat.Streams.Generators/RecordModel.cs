using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Leat.Streams.Generators;

/// <summary>What is generated for a record type, or why nothing is. Compared by content, so that an edit elsewhere generates nothing anew.</summary>
/// <param name="Type">Fully qualified name.</param>
/// <param name="Members">In order of the slots; empty when the type is refused.</param>
/// <param name="Refusal">Why the built-in decoder stays; null when a reader is generated.</param>
/// <param name="Where">Of the use, for the message.</param>
internal sealed record RecordModel(string Type, ImmutableArray<MemberModel> Members, string? Refusal, Location? Where)
{
    public bool Equals(RecordModel? other) =>
        other is not null && Type == other.Type && Refusal == other.Refusal && Members.SequenceEqual(other.Members);

    public override int GetHashCode() => Type.GetHashCode();
}
