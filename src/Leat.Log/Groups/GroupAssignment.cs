namespace Leat.Log;

/// <summary>What the leader hands to a member.</summary>
internal sealed record GroupAssignment(string MemberId, ReadOnlyMemory<byte> Assignment);
