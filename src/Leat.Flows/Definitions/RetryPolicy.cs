namespace Leat.Flows;

/// <summary>Repeats of a failed attempt: the delay doubles from <paramref name="Backoff"/> up to <paramref name="Cap"/>.</summary>
/// <param name="Retries">Attempts beyond the first, 0 or more.</param>
/// <param name="Backoff">Delay before the first repeat.</param>
/// <param name="Cap">Longest delay.</param>
public sealed record RetryPolicy(int Retries, TimeSpan Backoff, TimeSpan Cap)
{
    /// <summary>No repeat.</summary>
    public static readonly RetryPolicy None = new(0, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Longest delay when none is given.</summary>
    public static readonly TimeSpan DefaultCap = TimeSpan.FromMinutes(10);

    /// <summary>Delay after the failed attempt <paramref name="attempt"/>, counted from 1.</summary>
    public TimeSpan DelayAfter(int attempt)
    {
        var doubled = Backoff.Ticks * Math.Pow(2, Math.Min(attempt - 1, 40));
        return doubled >= Cap.Ticks ? Cap : TimeSpan.FromTicks((long)doubled);
    }
}
