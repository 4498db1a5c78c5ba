namespace Leat.Log;

/// <summary>Metadata, versions 0 to 12.</summary>
internal static class MetadataApi
{
    private const int NotAskedFor = int.MinValue;

    /// <summary>Topics asked for; null = all.</summary>
    public sealed record Request(List<string?>? Topics, bool MayCreate);

    public readonly record struct Topic(KafkaError Error, string? Name, bool IsInternal, int Partitions);

    public sealed record Response(Broker Broker, string ClusterId, List<Topic> Topics);

    public static Request Read(ref KafkaReader r)
    {
        var topics = r.ReadNullableArray(ReadTopic);
        if (r.Version == 0 && topics is { Count: 0 }) topics = null;
        var mayCreate = r.Version < 4 || r.ReadBool();
        if (r.Version is >= 8 and <= 10) r.ReadBool(); // rights on the cluster
        if (r.Version >= 8) r.ReadBool(); // rights on topics
        r.SkipTags();
        return new Request(topics, mayCreate);
    }

    public static void Write(KafkaWriter w, Response response)
    {
        if (w.Version >= 3) w.WriteThrottle();
        WriteBroker(w, response.Broker);
        if (w.Version >= 2) w.WriteString(response.ClusterId);
        if (w.Version >= 1) w.WriteInt32(response.Broker.Id);
        w.WriteArrayLength(response.Topics.Count);
        foreach (var topic in response.Topics) WriteTopic(w, topic, response.Broker.Id);
        if (w.Version is >= 8 and <= 10) w.WriteInt32(NotAskedFor);
        w.WriteTags();
    }

    private static string? ReadTopic(ref KafkaReader r)
    {
        if (r.Version >= 10) r.ReadUuid(); // topics have no ids here, names are enough up to version 12
        var name = r.Version >= 10 ? r.ReadNullableString() : r.ReadString();
        r.SkipTags();
        return name;
    }

    private static void WriteBroker(KafkaWriter w, Broker broker)
    {
        w.WriteArrayLength(1);
        w.WriteInt32(broker.Id);
        w.WriteString(broker.Host);
        w.WriteInt32(broker.Port);
        if (w.Version >= 1) w.WriteString(null); // rack
        w.WriteTags();
    }

    private static void WriteTopic(KafkaWriter w, Topic topic, int broker)
    {
        w.WriteError(topic.Error);
        w.WriteString(topic.Name ?? (w.Version >= 12 ? null : ""));
        if (w.Version >= 10) w.WriteUuid(Guid.Empty);
        if (w.Version >= 1) w.WriteBool(topic.IsInternal);
        w.WriteArrayLength(topic.Partitions);
        for (var i = 0; i < topic.Partitions; i++) WritePartition(w, i, broker);
        if (w.Version >= 8) w.WriteInt32(NotAskedFor);
        w.WriteTags();
    }

    private static void WritePartition(KafkaWriter w, int index, int broker)
    {
        w.WriteError(KafkaError.None);
        w.WriteInt32(index);
        w.WriteInt32(broker);
        if (w.Version >= 7) w.WriteInt32(0); // leader epoch: there is only one leader
        w.WriteInt32Array([broker]);
        w.WriteInt32Array([broker]);
        if (w.Version >= 5) w.WriteInt32Array([]);
        w.WriteTags();
    }
}
