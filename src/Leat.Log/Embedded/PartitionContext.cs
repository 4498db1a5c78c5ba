using Leat.Core;
using Leat.Storage;
using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>What every part of a partition needs.</summary>
internal sealed record PartitionContext(TopicPartition Partition, string Folder, TopicState State, EmbeddedLogParts Parts)
{
    /// <summary>Settings of the topic now.</summary>
    public TopicOptions Topic => State.Options;

    public EmbeddedLogOptions Options => Parts.Options;

    public DurableFiles Files => Parts.Files;

    public TimeProvider Time => Parts.Time;

    public ILogger Logger => Parts.Logger;

    /// <summary>Time now, epoch milliseconds.</summary>
    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Place for error messages.</summary>
    public string Where => $"{Partition} in {Folder}";

    /// <summary>Answer of a partition that takes nothing more: its disk failed, or its topic is being removed.</summary>
    public LeatException Stopped(Exception cause) => State.IsRetired ? Gone() : LogErrors.Stopped(Where, cause);

    /// <summary>The topic is not there any more.</summary>
    public LeatException Gone() => LogErrors.UnknownTopic(Partition.Topic, [], Where);
}
