namespace Leat.Log;

/// <summary>CreateTopics, versions 0 to 6.</summary>
internal static class CreateTopicsApi
{
    public sealed record Request(List<Topic> Topics, bool ValidateOnly);

    /// <summary>A topic wanted; -1 partitions or replicas = as the broker likes.</summary>
    public sealed record Topic(string Name, int Partitions, short Replicas, List<Assignment> Assignments, List<ConfigValue> Configs);

    public readonly record struct Assignment(int Partition, List<int> Brokers);

    public sealed record Result(string Name, KafkaError Error, string? Message, int Partitions, IReadOnlyList<DescribeConfigsApi.Config> Configs);

    public static Request Read(ref KafkaReader r)
    {
        var topics = r.ReadArray(ReadTopic);
        r.ReadInt32(); // timeout: done at once
        var request = new Request(topics, r.Version >= 1 && r.ReadBool());
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, IReadOnlyCollection<Result> results)
    {
        if (w.Version >= 2) w.WriteThrottle();
        w.WriteArray(results, static (w, result) =>
        {
            w.WriteString(result.Name);
            w.WriteError(result.Error);
            if (w.Version >= 1) w.WriteString(result.Message);
            if (w.Version < 5) return;
            w.WriteInt32(result.Partitions);
            w.WriteInt16(result.Error == KafkaError.None ? 1 : -1);
            w.WriteArray(result.Configs, static (w, config) =>
            {
                w.WriteString(config.Name);
                w.WriteString(config.Value);
                w.WriteBool(config.IsReadOnly);
                w.WriteInt8(config.Source);
                w.WriteBool(false);
            });
        });
        w.WriteTags();
    }

    private static Topic ReadTopic(ref KafkaReader r)
    {
        var topic = new Topic(r.ReadString(), r.ReadInt32(), r.ReadInt16(), r.ReadArray(ReadAssignment), r.ReadArray(ConfigValue.Read));
        r.SkipTags();
        return topic;
    }

    private static Assignment ReadAssignment(ref KafkaReader r)
    {
        var assignment = new Assignment(r.ReadInt32(), r.ReadInt32Array());
        r.SkipTags();
        return assignment;
    }
}
