namespace Leat.Streams;

/// <summary>When rows that are gathered by key without a window come out. Data: two that are equal do the same.</summary>
public sealed record Trigger
{
    private Trigger()
    {
    }

    /// <summary>Rows of a key from one result to the next; 0 = they are not counted.</summary>
    public long RowCount { get; private init; }

    /// <summary>Period of event time; zero = none.</summary>
    public TimeSpan EventPeriod { get; private init; }

    /// <summary>Period of the job's clock; zero = none.</summary>
    public TimeSpan ClockPeriod { get; private init; }

    /// <summary>What came out is forgotten; else results go on from it.</summary>
    public bool IsPurging { get; private init; }

    /// <summary>Whenever so many rows of the key have come, whatever their times. The result's window goes from the earliest to just after the latest of its rows, its event time is that of the last to come, or the watermark where that is later.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public static Trigger Rows(long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new Trigger { RowCount = count };
    }

    /// <summary>When the watermark passes a multiple of <paramref name="period"/> since 1970-01-01 UTC: the key's rows before it, if there are new ones. A row that comes after its period was passed counts in the one that is open then. The result's window is the period, its event time the period's last moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 ms.</exception>
    public static Trigger EventTime(TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        return new Trigger { EventPeriod = period };
    }

    /// <summary>When the job's clock passes a multiple of <paramref name="period"/> since 1970-01-01 UTC: what the key got before, if there is something new. The result's window is the period, its event time that of the latest row, or the watermark where that is later.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 ms.</exception>
    public static Trigger Clock(TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        return new Trigger { ClockPeriod = period };
    }

    /// <summary>Also when the job's clock passes a multiple of <paramref name="period"/>: so many rows, or that time, whichever is first. Rows are counted anew from each result.</summary>
    /// <exception cref="InvalidOperationException">The trigger is not one of <see cref="Rows"/>.</exception>
    public Trigger OrClock(TimeSpan period) =>
        RowCount > 0 ? this with { ClockPeriod = Clock(period).ClockPeriod } : throw new InvalidOperationException("only a trigger by rows can also be one by the clock");

    /// <summary>After each result the key begins anew.</summary>
    public Trigger Purging() => this with { IsPurging = true };

    /// <summary>Text that is equal for triggers whose state is interchangeable.</summary>
    internal string Signature => EventPeriod > TimeSpan.Zero ? $"event time {EventPeriod}" : "arrival";
}
