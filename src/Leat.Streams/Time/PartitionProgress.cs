using Leat.Log;
using Leat.Streams.LakeSources;

namespace Leat.Streams.Time;

/// <summary>How far a partition is. Written by the worker that owns it, read by all.</summary>
internal sealed class PartitionProgress(string source, TopicPartition partition)
{
    private long _watermark = long.MinValue;
    private long _offset;
    private long _activeSince;
    private long _emptyAt;
    private bool _idle;
    private bool _caughtUp;
    private bool _wasCaughtUp;
    private long _rowsRead;
    private LakeCursor? _cursor;

    /// <summary>Of the source in checkpoints.</summary>
    public string Source => source;

    public TopicPartition Partition => partition;

    /// <summary>Offset after the last record processed.</summary>
    public long Offset
    {
        get => Volatile.Read(ref _offset);
        set => Volatile.Write(ref _offset, value);
    }

    /// <summary>Where a lake source goes on inside of the version that <see cref="Offset"/> names; null for other sources.</summary>
    public LakeCursor? Cursor
    {
        get => Volatile.Read(ref _cursor);
        set => Volatile.Write(ref _cursor, value);
    }

    /// <summary>Rows read in this run, where offsets do not count them.</summary>
    public long RowsRead
    {
        get => Volatile.Read(ref _rowsRead);
        set => Volatile.Write(ref _rowsRead, value);
    }

    /// <summary>No event before this is expected; ticks since 1970.</summary>
    public long Watermark => Volatile.Read(ref _watermark);

    /// <summary>Does not hold back the job's watermark.</summary>
    public bool IsIdle
    {
        get => IsTimeless || Volatile.Read(ref _idle);
        set => Volatile.Write(ref _idle, value);
    }

    /// <summary>Other partitions wait until it was read to its end.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Never holds back the job's watermark.</summary>
    public bool IsTimeless { get; init; }

    /// <summary>It was read to its end since the start.</summary>
    public bool WasCaughtUp => Volatile.Read(ref _wasCaughtUp);

    /// <summary>The last read found nothing: what the partition lacks is data, not time to process it.</summary>
    public bool IsCaughtUp => Volatile.Read(ref _caughtUp);

    /// <summary>Clock stamp of the last read that found nothing.</summary>
    public long EmptyAt => Volatile.Read(ref _emptyAt);

    /// <summary>Clock stamp of the last data, or of the start.</summary>
    public long ActiveSince
    {
        get => Volatile.Read(ref _activeSince);
        set => Volatile.Write(ref _activeSince, value);
    }

    /// <summary>A read found records: the partition has not ended, and is not idle.</summary>
    public void FoundSome()
    {
        Volatile.Write(ref _caughtUp, false);
        IsIdle = false;
    }

    /// <summary>A read found nothing.</summary>
    /// <param name="stamp">Of the clock, now.</param>
    public void FoundNothing(long stamp)
    {
        Volatile.Write(ref _emptyAt, stamp);
        Volatile.Write(ref _caughtUp, true);
        Volatile.Write(ref _wasCaughtUp, true);
    }

    public void RaiseWatermark(long watermark)
    {
        if (watermark > _watermark) Volatile.Write(ref _watermark, watermark);
    }
}
