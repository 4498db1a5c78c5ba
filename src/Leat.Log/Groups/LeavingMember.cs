namespace Leat.Log;

/// <summary>A member to take out: by its id, or a static one by its instance id (with or without member id).</summary>
internal sealed record LeavingMember(string MemberId, string? InstanceId = null);
