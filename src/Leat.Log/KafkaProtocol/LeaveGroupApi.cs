namespace Leat.Log;

/// <summary>LeaveGroup, versions 0 to 4.</summary>
internal static class LeaveGroupApi
{
    public sealed record Request(string Group, List<Member> Members);

    public readonly record struct Member(string MemberId, string? InstanceId);

    public readonly record struct MemberResult(Member Member, KafkaError Error);

    public static Request Read(ref KafkaReader r)
    {
        var group = r.ReadString();
        var request = new Request(group, r.Version >= 3 ? r.ReadArray(ReadMember) : [new Member(r.ReadString(), null)]);
        r.SkipTags();
        return request;
    }

    /// <summary>Writes the answer; before version 3 the only member's error is that of the whole request.</summary>
    public static void Write(KafkaWriter w, KafkaError error, IReadOnlyList<MemberResult> members)
    {
        if (w.Version >= 1) w.WriteThrottle();
        if (w.Version < 3 && error == KafkaError.None && members.Count == 1) error = members[0].Error;
        w.WriteError(error);
        if (w.Version >= 3)
        {
            w.WriteArray(members, static (w, result) =>
            {
                w.WriteString(result.Member.MemberId);
                w.WriteString(result.Member.InstanceId);
                w.WriteError(result.Error);
            });
        }
        w.WriteTags();
    }

    private static Member ReadMember(ref KafkaReader r)
    {
        var member = new Member(r.ReadString(), r.ReadNullableString());
        r.SkipTags();
        return member;
    }
}
