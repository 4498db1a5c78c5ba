using System.Collections.Concurrent;
using System.Diagnostics;
using Leat.Streams;
using Leat.Streams.Views;

namespace Leat.Bench.Latency;

/// <summary>Reads the fresh side of the view again and again, and notes when each probe's window first had its event. One thread.</summary>
internal sealed class FreshReader(IView view, LatencyAds ads, ConcurrentQueue<Probe>[] probes)
{
    private const int CountColumn = 3;
    private readonly Dictionary<(int Campaign, long Window), long> _seen = [];

    /// <summary>Milliseconds from when each append was due to the first read that had all of it, with its part of the measured time.</summary>
    public List<(double Ms, int Minute)> Latencies { get; } = [];

    /// <summary>Reads until it is stopped and nothing is left to wait for.</summary>
    public void Run(CancellationToken producing, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            _seen.Clear();
            var left = false;
            foreach (var queue in probes)
            {
                while (queue.TryPeek(out var probe))
                {
                    if (CountOf(probe) < probe.Count)
                    {
                        left = true;
                        break;
                    }

                    if (probe.Minute >= 0) Latencies.Add((Stopwatch.GetElapsedTime(probe.Due).TotalMilliseconds, probe.Minute));
                    queue.TryDequeue(out _);
                }
            }

            if (!left && producing.IsCancellationRequested) return;
            ct.WaitHandle.WaitOne(1);
        }
    }

    /// <summary>Read at most once a round.</summary>
    private long CountOf(Probe probe)
    {
        if (_seen.TryGetValue((probe.Campaign, probe.Window), out var count)) return count;
        var start = DateTimeOffset.FromUnixTimeMilliseconds(probe.Window).UtcDateTime;
        var rows = view.Query(new ViewQuery(ads.CampaignIds[probe.Campaign], start, start.AddMilliseconds(1), 1, ViewConsistency.Fresh)).Rows;
        return _seen[(probe.Campaign, probe.Window)] = rows.IsEmpty ? 0 : Convert.ToInt64(rows[0][CountColumn], System.Globalization.CultureInfo.InvariantCulture);
    }
}
