namespace Leat.Serve.Metrics;

/// <summary>One time series: an instrument with one set of labels. Thread-safe.</summary>
internal sealed class Series(double[]? bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[(bounds?.Length ?? 0) + 1];
    private double _sum;
    private long _count;

    public void Add(double value)
    {
        lock (_gate)
        {
            _sum += value;
            _count++;
            if (bounds is not null) _buckets[IndexOf(value)]++;
        }
    }

    public void Set(double value)
    {
        lock (_gate) _sum = value;
    }

    /// <summary>Sum (or last value), measurements, and measurements a bucket (not cumulative).</summary>
    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (_gate) return (_sum, _count, [.. _buckets]);
    }

    private int IndexOf(double value)
    {
        var index = Array.BinarySearch(bounds!, value);
        return index >= 0 ? index : ~index;
    }
}
