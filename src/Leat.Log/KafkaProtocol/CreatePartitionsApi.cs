namespace Leat.Log;

/// <summary>CreatePartitions, versions 0 to 2.</summary>
internal static class CreatePartitionsApi
{
    public sealed record Request(List<Topic> Topics, bool ValidateOnly);

    /// <summary>A topic and how many partitions it shall have in all.</summary>
    public sealed record Topic(string Name, int Count, List<List<int>>? Assignments);

    public readonly record struct Result(string Topic, KafkaError Error, string? Message);

    public static Request Read(ref KafkaReader r)
    {
        var topics = r.ReadArray(ReadTopic);
        r.ReadInt32(); // timeout: done at once
        var request = new Request(topics, r.ReadBool());
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, IReadOnlyCollection<Result> results)
    {
        w.WriteThrottle();
        w.WriteArray(results, static (w, result) =>
        {
            w.WriteString(result.Topic);
            w.WriteError(result.Error);
            w.WriteString(result.Message);
        });
        w.WriteTags();
    }

    private static Topic ReadTopic(ref KafkaReader r)
    {
        var topic = new Topic(r.ReadString(), r.ReadInt32(), r.ReadNullableArray(ReadAssignment));
        r.SkipTags();
        return topic;
    }

    private static List<int> ReadAssignment(ref KafkaReader r)
    {
        var brokers = r.ReadInt32Array();
        r.SkipTags();
        return brokers;
    }
}
