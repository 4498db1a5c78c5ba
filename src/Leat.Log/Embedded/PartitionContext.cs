using Leat.Storage;
using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>What every part of a partition needs.</summary>
internal sealed record PartitionContext(TopicPartition Partition, string Folder, TopicOptions Topic, EmbeddedLogOptions Options, DurableFiles Files, TimeProvider Time, ILogger Logger)
{
    /// <summary>Place for error messages.</summary>
    public string Where => $"{Partition} in {Folder}";
}
