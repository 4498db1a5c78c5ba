namespace Leat.Log;

/// <summary>DescribeGroups, versions 0 to 5.</summary>
internal static class DescribeGroupsApi
{
    private const int NotAskedFor = int.MinValue;

    public sealed record Group(KafkaError Error, string Id, string State, string ProtocolType, string Protocol, IReadOnlyCollection<Member> Members);

    public sealed record Member(string MemberId, string? InstanceId, string ClientId, string ClientHost)
    {
        public ReadOnlyMemory<byte> Metadata { get; init; }

        public ReadOnlyMemory<byte> Assignment { get; init; }
    }

    public static List<string> Read(ref KafkaReader r)
    {
        var groups = r.ReadArray(static (ref KafkaReader r) => r.ReadString());
        if (r.Version >= 3) r.ReadBool(); // rights
        r.SkipTags();
        return groups;
    }

    public static void Write(KafkaWriter w, IReadOnlyCollection<Group> groups)
    {
        if (w.Version >= 1) w.WriteThrottle();
        w.WriteArray(groups, static (w, group) =>
        {
            w.WriteError(group.Error);
            w.WriteString(group.Id);
            w.WriteString(group.State);
            w.WriteString(group.ProtocolType);
            w.WriteString(group.Protocol);
            w.WriteArray(group.Members, WriteMember);
            if (w.Version >= 3) w.WriteInt32(NotAskedFor);
        });
        w.WriteTags();
    }

    private static void WriteMember(KafkaWriter w, Member member)
    {
        w.WriteString(member.MemberId);
        if (w.Version >= 4) w.WriteString(member.InstanceId);
        w.WriteString(member.ClientId);
        w.WriteString(member.ClientHost);
        w.WriteBytes(member.Metadata.Span);
        w.WriteBytes(member.Assignment.Span);
    }
}
