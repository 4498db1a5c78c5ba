namespace Leat.Log;

/// <summary>A member as the leader sees it.</summary>
internal sealed record JoinedMember(string MemberId, string? InstanceId, ReadOnlyMemory<byte> Metadata);
