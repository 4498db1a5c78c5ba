using Leat.Core;

namespace Leat.Log;

/// <summary>What consumers tell each other through the coordinator: subscriptions to the leader, assignments from it.</summary>
/// <remarks>Source: Apache Kafka, ConsumerProtocolSubscription and ConsumerProtocolAssignment, versions 0 and 1. Later versions only add fields at the end.</remarks>
internal static class ConsumerProtocol
{
    /// <summary>Protocol type of consumer groups.</summary>
    public const string Type = "consumer";

    private const short Version = 1;
    private const int NoBytes = -1;

    /// <summary>Subscription of a member that has given up its partitions before it joins.</summary>
    public static byte[] Subscription(IReadOnlyCollection<string> topics)
    {
        var writer = new StateWriter().Int16(Version).Int32(topics.Count);
        foreach (var topic in topics) _ = writer.Text(topic);
        return writer.Int32(NoBytes).Int32(0).ToArray();
    }

    /// <summary>Topics of a subscription; none when it cannot be read, so that its member gets nothing.</summary>
    public static IReadOnlyList<string> TopicsOf(ReadOnlyMemory<byte> subscription)
    {
        try
        {
            var reader = new StateReader(subscription);
            _ = reader.Int16();
            return ReadAll(reader, static r => r.Text());
        }
        catch (LeatException)
        {
            return [];
        }
    }

    public static byte[] Assignment(IReadOnlyCollection<TopicPartition> partitions)
    {
        var topics = partitions.GroupBy(p => p.Topic).ToList();
        var writer = new StateWriter().Int16(Version).Int32(topics.Count);
        foreach (var topic in topics)
        {
            _ = writer.Text(topic.Key).Int32(topic.Count());
            foreach (var partition in topic) _ = writer.Int32(partition.Partition);
        }
        return writer.Int32(NoBytes).ToArray();
    }

    /// <summary>Partitions of an assignment; an empty one has none.</summary>
    /// <exception cref="LeatException">LEAT2045 the leader sent something else.</exception>
    public static IReadOnlyList<TopicPartition> PartitionsOf(ReadOnlyMemory<byte> assignment)
    {
        if (assignment.IsEmpty) return [];
        var reader = new StateReader(assignment);
        _ = reader.Int16();
        return [.. ReadAll(reader, static r =>
        {
            var topic = r.Text();
            return ReadAll(r, p => new TopicPartition(topic, p.Int32()));
        }).SelectMany(p => p)];
    }

    private static List<T> ReadAll<T>(StateReader reader, Func<StateReader, T> read)
    {
        var all = new List<T>();
        for (var left = reader.Int32(); left > 0; left--) all.Add(read(reader));
        return all;
    }
}
