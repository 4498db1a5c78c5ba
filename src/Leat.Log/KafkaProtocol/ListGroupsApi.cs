namespace Leat.Log;

/// <summary>ListGroups, versions 0 to 4.</summary>
internal static class ListGroupsApi
{
    public readonly record struct Group(string Id, string ProtocolType, string State);

    /// <summary>Reads the states asked for; empty = all.</summary>
    public static List<string> Read(ref KafkaReader r)
    {
        var states = r.Version >= 4 ? r.ReadArray(static (ref KafkaReader r) => r.ReadString()) : [];
        r.SkipTags();
        return states;
    }

    public static void Write(KafkaWriter w, KafkaError error, IReadOnlyCollection<Group> groups)
    {
        if (w.Version >= 1) w.WriteThrottle();
        w.WriteError(error);
        w.WriteArray(groups, static (w, group) =>
        {
            w.WriteString(group.Id);
            w.WriteString(group.ProtocolType);
            if (w.Version >= 4) w.WriteString(group.State);
        });
        w.WriteTags();
    }
}
