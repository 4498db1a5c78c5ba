namespace Leat.Log;

/// <summary>A partition of a topic.</summary>
/// <param name="Topic">Topic name.</param>
/// <param name="Partition">Counted from 0.</param>
public readonly record struct TopicPartition(string Topic, int Partition)
{
    public override string ToString() => $"{Topic}[{Partition}]";
}
