namespace Leat.Log;

/// <summary>DeleteTopics, versions 0 to 5.</summary>
internal static class DeleteTopicsApi
{
    public readonly record struct Result(string Topic, KafkaError Error, string? Message);

    public static List<string> Read(ref KafkaReader r)
    {
        var topics = r.ReadArray(static (ref KafkaReader r) => r.ReadString());
        r.ReadInt32(); // timeout: done at once
        r.SkipTags();
        return topics;
    }

    public static void Write(KafkaWriter w, IReadOnlyCollection<Result> results)
    {
        if (w.Version >= 1) w.WriteThrottle();
        w.WriteArray(results, static (w, result) =>
        {
            w.WriteString(result.Topic);
            w.WriteError(result.Error);
            if (w.Version >= 5) w.WriteString(result.Message);
        });
        w.WriteTags();
    }
}
