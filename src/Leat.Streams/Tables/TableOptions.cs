namespace Leat.Streams;

/// <summary>How a lookup table is kept.</summary>
public sealed record TableOptions
{
    /// <summary>How often the table is looked at for news, 10 ms to 1 day; null = it is loaded at the start alone. Default null. Lake tables and files are read again only when they have changed.</summary>
    public TimeSpan? RefreshEvery { get; init; }

    /// <summary>How old what the table holds may be, when refreshes fail, before the job fails with LEAT2157; null = without end. Default null.</summary>
    public TimeSpan? FailAfter { get; init; }

    /// <summary>Most memory of the rows in MB, 1 to 65,536; what is larger is not taken (LEAT2158). While it is refreshed a table takes twice its size. Default 1,024.</summary>
    public int MaxMegabytes { get; init; } = 1024;

    internal void Check()
    {
        if (RefreshEvery is { } every)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(every, TimeSpan.FromMilliseconds(10), nameof(RefreshEvery));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(every, TimeSpan.FromDays(1), nameof(RefreshEvery));
        }

        if (FailAfter is { } age) ArgumentOutOfRangeException.ThrowIfLessThan(age, RefreshEvery ?? TimeSpan.MaxValue, nameof(FailAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMegabytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMegabytes, 65_536);
    }
}
