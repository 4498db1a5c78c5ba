using System.Diagnostics;

namespace Leat.Bench.Ysb.State;

/// <summary>What comes: every key once as fast as possible, then keys spread over all at a steady rate. Open loop: a row is due when it is due, whether the job is ready or not.</summary>
/// <param name="keys">How many.</param>
/// <param name="rate">Rows a second after that.</param>
/// <param name="paced">How many rows.</param>
internal sealed class TouchLoad(long keys, long rate, long paced)
{
    private const long Step = 982_451_653;
    private long _start;

    public long Keys => keys;

    public long Rows => keys + paced;

    /// <summary>The steady part begins now.</summary>
    public void Start() => Volatile.Write(ref _start, Stopwatch.GetTimestamp());

    /// <summary>Row number <paramref name="n"/>; false: it is not due yet.</summary>
    public bool TryRow(long n, out Touch row)
    {
        row = default;
        if (n < keys)
        {
            row = new Touch(KeyOf(n), 0, n / 1000);
            return true;
        }

        var start = Volatile.Read(ref _start);
        if (start == 0) return false;
        var due = start + ((n - keys) * Stopwatch.Frequency / rate);
        if (due > Stopwatch.GetTimestamp()) return false;
        row = new Touch(KeyOf((n - keys) * Step % keys), due, n / 1000);
        return true;
    }

    private static (long High, long Low) KeyOf(long number) => (number * unchecked((long)0x9E3779B97F4A7C15UL), number);
}
