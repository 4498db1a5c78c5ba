namespace Leat.Log;

/// <summary>What became of a <see cref="LeavingMember"/>.</summary>
internal sealed record LeftMember(string MemberId, string? InstanceId, KafkaError Error);
