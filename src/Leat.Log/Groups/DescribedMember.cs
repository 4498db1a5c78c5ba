namespace Leat.Log;

/// <summary>A member as an operator sees it.</summary>
internal sealed record DescribedMember(string MemberId, string? InstanceId, string ClientId, string ClientHost)
{
    /// <summary>Of the protocol chosen; empty while none is.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    public ReadOnlyMemory<byte> Assignment { get; init; }
}
