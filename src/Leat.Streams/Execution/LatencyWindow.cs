namespace Leat.Streams.Execution;

/// <summary>Latencies of the last minute in steps of at most a tenth. Thread-safe.</summary>
internal sealed class LatencyWindow(TimeProvider time)
{
    private const int Seconds = 60;
    private const int Steps = 200;
    private const double Growth = 1.1;
    private const double FirstMs = 0.1;
    private readonly Lock _gate = new();
    private readonly int[,] _counts = new int[Seconds, Steps];
    private readonly long[] _second = new long[Seconds];

    /// <summary>The newest one, in milliseconds; null before the first.</summary>
    public double? LatestMs { get; private set; }

    public void Add(double ms)
    {
        ms = Math.Max(0, ms);
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            LatestMs = ms;
            var slot = (int)(second % Seconds);
            if (_second[slot] != second)
            {
                for (var i = 0; i < Steps; i++) _counts[slot, i] = 0;
                _second[slot] = second;
            }

            _counts[slot, ms <= FirstMs ? 0 : Math.Min(Steps - 1, (int)Math.Ceiling(Math.Log(ms / FirstMs, Growth)))]++;
        }
    }

    /// <summary>Latency that <paramref name="share"/> of the last minute's are not above; null without data.</summary>
    public double? Quantile(double share)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            var sums = new long[Steps];
            for (var slot = 0; slot < Seconds; slot++)
            {
                if (_second[slot] <= now - Seconds) continue;
                for (var i = 0; i < Steps; i++) sums[i] += _counts[slot, i];
            }

            var left = (long)Math.Ceiling(sums.Sum() * share);
            if (left == 0) return null;
            for (var i = 0; i < Steps; i++)
                if ((left -= sums[i]) <= 0) return FirstMs * Math.Pow(Growth, i);
            return null;
        }
    }
}
