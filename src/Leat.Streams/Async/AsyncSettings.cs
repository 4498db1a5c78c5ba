namespace Leat.Streams;

/// <summary>How calls to the outside are made for the rows of a stream.</summary>
public sealed record AsyncSettings
{
    /// <summary>Calls at the same time a worker, 1 to 1,024. Default 64.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>Longest time of one try, by the job's clock. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries after the first that failed, 0 to 100. Default 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Wait before the first further try; it doubles each time. Default 100 ms.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Rows keep their order; else they come out as their calls end. Default true.</summary>
    public bool IsOrdered { get; init; } = true;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Concurrency, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(Timeout, TimeSpan.FromTicks(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Retries, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Retries, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(Backoff, TimeSpan.Zero);
    }
}
