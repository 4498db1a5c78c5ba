namespace Leat.Log;

/// <summary>Appends of one partition.</summary>
internal sealed class KafkaLane(TopicPartition partition)
{
    public TopicPartition Partition => partition;

    /// <summary>Appends that are not yet taken.</summary>
    public Queue<KafkaAppend> Waiting { get; } = new();

    /// <summary>Appends that share the batch on its way; null = none is.</summary>
    public List<KafkaAppend>? Unit { get; set; }

    /// <summary>Appends of the unit that were not answered.</summary>
    public int Open { get; set; }
}
