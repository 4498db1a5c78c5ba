using System.Collections.Immutable;

namespace Leat.Streams.Time;

/// <summary>The job's watermark: the minimum over its active partitions. Never goes back.</summary>
internal sealed class JobClock(ImmutableArray<PartitionProgress> partitions, TimeProvider time, TimeSpan idleAfter)
{
    private long _watermark = long.MinValue;

    public ImmutableArray<PartitionProgress> Partitions => partitions;

    public long Watermark => Interlocked.Read(ref _watermark);

    /// <summary>Minimum over the active partitions but one; nothing else active: no bound.</summary>
    public long Others(PartitionProgress but)
    {
        var least = long.MaxValue;
        foreach (var partition in partitions)
            if (!ReferenceEquals(partition, but) && !partition.IsIdle) least = Math.Min(least, partition.Watermark);
        return least;
    }

    /// <summary>Takes in what the partitions report.</summary>
    public long Update()
    {
        var least = long.MaxValue;
        foreach (var partition in partitions)
            if (!partition.IsIdle) least = Math.Min(least, partition.Watermark);
        if (least == long.MaxValue) least = long.MinValue;
        for (var seen = Watermark; least > seen; seen = Watermark)
            if (Interlocked.CompareExchange(ref _watermark, least, seen) == seen) break;
        return Watermark;
    }

    /// <summary>Releases partitions that had nothing to read for long while another went on. Having unread data is never idleness, so what counts is the time until a read found nothing: while nobody reads, as sinks are away or the process stands, nothing is known.</summary>
    public void ReleaseIdle()
    {
        var newest = partitions.Max(p => p.ActiveSince);
        foreach (var partition in partitions)
        {
            if (!partition.IsCaughtUp) partition.IsIdle = false;
            else if (!partition.IsIdle && newest > partition.ActiveSince && time.GetElapsedTime(partition.ActiveSince, partition.EmptyAt) >= idleAfter) partition.IsIdle = true;
        }
    }

    public void Restore(long watermark) => Interlocked.Exchange(ref _watermark, watermark);
}
