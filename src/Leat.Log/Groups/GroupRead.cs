namespace Leat.Log;

/// <summary>Records a group consumer got.</summary>
/// <param name="Partition">Where they are from.</param>
/// <param name="Block">The records; the caller disposes it.</param>
public sealed record GroupRead(TopicPartition Partition, RecordBlock Block) : IDisposable
{
    public void Dispose() => Block.Dispose();
}
