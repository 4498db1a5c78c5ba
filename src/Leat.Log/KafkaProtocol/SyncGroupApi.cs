namespace Leat.Log;

/// <summary>SyncGroup, versions 0 to 5.</summary>
internal static class SyncGroupApi
{
    public sealed record Request(string Group, int Generation, string MemberId, string? InstanceId, List<Assignment> Assignments)
    {
        /// <summary>Kind of group the member takes it for; null = not said.</summary>
        public string? ProtocolType { get; init; }

        /// <summary>Way of assigning the member takes as agreed; null = not said.</summary>
        public string? Protocol { get; init; }
    }

    public readonly record struct Assignment(string MemberId, Memory<byte> Bytes);

    public sealed record Response(KafkaError Error, string? ProtocolType, string? Protocol, ReadOnlyMemory<byte> Assignment);

    public static Request Read(ref KafkaReader r)
    {
        var (group, generation, member) = (r.ReadString(), r.ReadInt32(), r.ReadString());
        var instance = r.Version >= 3 ? r.ReadNullableString() : null;
        var type = r.Version >= 5 ? r.ReadNullableString() : null;
        var protocol = r.Version >= 5 ? r.ReadNullableString() : null;
        var request = new Request(group, generation, member, instance, r.ReadArray(ReadAssignment)) { ProtocolType = type, Protocol = protocol };
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, Response response)
    {
        if (w.Version >= 1) w.WriteThrottle();
        w.WriteError(response.Error);
        if (w.Version >= 5)
        {
            w.WriteString(response.ProtocolType);
            w.WriteString(response.Protocol);
        }
        w.WriteBytes(response.Assignment.Span);
        w.WriteTags();
    }

    private static Assignment ReadAssignment(ref KafkaReader r)
    {
        var assignment = new Assignment(r.ReadString(), r.ReadBytes());
        r.SkipTags();
        return assignment;
    }
}
