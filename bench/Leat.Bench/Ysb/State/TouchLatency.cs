using System.Diagnostics;

namespace Leat.Bench.Ysb.State;

/// <summary>How late rows were processed after they were due, in steps of 0.1 ms up to 20 s. Thread-safe.</summary>
internal sealed class TouchLatency
{
    private const int StepsAMillisecond = 10;
    private readonly long[] _counts = new long[20_000 * StepsAMillisecond];
    private long _rows;

    /// <summary>Rows processed, those without a due time too.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    public void Add(long due)
    {
        Interlocked.Increment(ref _rows);
        if (due == 0) return;
        var step = (long)(Stopwatch.GetElapsedTime(due).TotalMilliseconds * StepsAMillisecond);
        Interlocked.Increment(ref _counts[Math.Min(step, _counts.Length - 1)]);
    }

    /// <summary>Milliseconds.</summary>
    public double Quantile(double share)
    {
        var (wanted, seen) = (_counts.Sum() * share, 0L);
        for (var step = 0; step < _counts.Length; step++)
            if ((seen += _counts[step]) >= wanted) return (step + 1) / (double)StepsAMillisecond;
        return double.PositiveInfinity;
    }
}
