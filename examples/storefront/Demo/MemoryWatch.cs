namespace Storefront.Demo;

/// <summary>Samples the anonymous resident memory of this process (RssAnon, Linux) once a second.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly List<double> _samplesMb = [];
    private readonly ITimer _timer;

    public MemoryWatch(TimeProvider time)
    {
        _timer = time.CreateTimer(_ => Sample(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    /// <summary>Median of the second quarter of the run, in MB: after warm-up.</summary>
    public double EarlyMb => Median(0.25, 0.5);

    /// <summary>Median of the last quarter of the run, in MB.</summary>
    public double LateMb => Median(0.75, 1);

    /// <summary>Ends sampling.</summary>
    public void Stop() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void Sample()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        var kilobytes = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
        lock (_samplesMb) _samplesMb.Add(kilobytes / 1024.0);
    }

    private double Median(double from, double to)
    {
        lock (_samplesMb)
        {
            var part = _samplesMb.Skip((int)(_samplesMb.Count * from)).Take(Math.Max(1, (int)(_samplesMb.Count * (to - from)))).Order().ToList();
            return part.Count == 0 ? 0 : part[part.Count / 2];
        }
    }

    public void Dispose() => _timer.Dispose();
}
