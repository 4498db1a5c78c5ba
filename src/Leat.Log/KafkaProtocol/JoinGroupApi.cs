namespace Leat.Log;

/// <summary>JoinGroup, versions 0 to 7.</summary>
internal static class JoinGroupApi
{
    public sealed record Request(string Group, int SessionTimeoutMs, int RebalanceTimeoutMs, string MemberId, string? InstanceId, string ProtocolType, List<Protocol> Protocols);

    public readonly record struct Protocol(string Name, Memory<byte> Metadata);

    public readonly record struct Member(string MemberId, string? InstanceId, ReadOnlyMemory<byte> Metadata);

    public sealed record Response(KafkaError Error, int Generation, string? ProtocolType, string? Protocol, string Leader, string MemberId, IReadOnlyCollection<Member> Members);

    public static Request Read(ref KafkaReader r)
    {
        var (group, sessionTimeoutMs) = (r.ReadString(), r.ReadInt32());
        var rebalanceTimeoutMs = r.Version >= 1 ? r.ReadInt32() : sessionTimeoutMs;
        var member = r.ReadString();
        var instance = r.Version >= 5 ? r.ReadNullableString() : null;
        var request = new Request(group, sessionTimeoutMs, rebalanceTimeoutMs, member, instance, r.ReadString(), r.ReadArray(ReadProtocol));
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, Response response)
    {
        if (w.Version >= 2) w.WriteThrottle();
        w.WriteError(response.Error);
        w.WriteInt32(response.Generation);
        if (w.Version >= 7) w.WriteString(response.ProtocolType);
        w.WriteString(response.Protocol ?? (w.Version >= 7 ? null : ""));
        w.WriteString(response.Leader);
        w.WriteString(response.MemberId);
        w.WriteArray(response.Members, static (w, member) =>
        {
            w.WriteString(member.MemberId);
            if (w.Version >= 5) w.WriteString(member.InstanceId);
            w.WriteBytes(member.Metadata.Span);
        });
        w.WriteTags();
    }

    private static Protocol ReadProtocol(ref KafkaReader r)
    {
        var protocol = new Protocol(r.ReadString(), r.ReadBytes());
        r.SkipTags();
        return protocol;
    }
}
