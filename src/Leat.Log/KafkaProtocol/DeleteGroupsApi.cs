namespace Leat.Log;

/// <summary>DeleteGroups, versions 0 to 2.</summary>
internal static class DeleteGroupsApi
{
    public readonly record struct Result(string Group, KafkaError Error);

    public static List<string> Read(ref KafkaReader r)
    {
        var groups = r.ReadArray(static (ref KafkaReader r) => r.ReadString());
        r.SkipTags();
        return groups;
    }

    public static void Write(KafkaWriter w, IReadOnlyCollection<Result> results)
    {
        w.WriteThrottle();
        w.WriteArray(results, static (w, result) =>
        {
            w.WriteString(result.Group);
            w.WriteError(result.Error);
        });
        w.WriteTags();
    }
}
