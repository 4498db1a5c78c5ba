using System.Collections.Concurrent;
using System.Diagnostics;
using Leat.Bench.Ysb;
using Leat.Log;

namespace Leat.Bench.Latency;

/// <summary>Appends what is due each millisecond, in two appends, whatever became of earlier ones, and counts on its own what it sends. One thread.</summary>
internal sealed class OpenLoopProducer(IEventLog log, LatencyAds ads, LatencyPlan plan)
{
    public const int WindowMs = 10_000;
    private const int MostUnderWay = 4096;
    private static readonly long TicksAMs = Stopwatch.Frequency / 1000;
    private readonly ConcurrentQueue<RecordBatchBuilder> _free = new();
    private readonly int[] _next = new int[LatencyAds.Partitions];
    private int _underWay;
    private Exception? _failure;

    /// <summary>Probes by partition, in the order of the appends.</summary>
    public ConcurrentQueue<Probe>[] Probes { get; } = [.. Enumerable.Range(0, LatencyAds.Partitions).Select(_ => new ConcurrentQueue<Probe>())];

    /// <summary>Views by campaign number and window start, counted while sending.</summary>
    public Dictionary<(int Campaign, long Window), long> Expected { get; } = [];

    public long Sent { get; private set; }

    /// <summary>How late the appends of the measured time were called, in milliseconds.</summary>
    public List<double> LateMs { get; } = [];

    /// <summary>Sends for the time of the plan, then waits for the last acknowledgement.</summary>
    public void Run(CancellationToken ct)
    {
        var (warm, ticks) = ((int)plan.WarmUp.TotalMilliseconds, (int)(plan.WarmUp + plan.Measured).TotalMilliseconds);
        var (start, startMs) = (Stopwatch.GetTimestamp(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        for (var tick = 1; tick <= ticks && !ct.IsCancellationRequested && _failure is null; tick++)
        {
            var due = start + (tick * TicksAMs);
            while (Stopwatch.GetTimestamp() < due && !ct.IsCancellationRequested) ct.WaitHandle.WaitOne(1);
            while (Volatile.Read(ref _underWay) > MostUnderWay) ct.WaitHandle.WaitOne(1);
            var minute = tick <= warm ? -1 : (int)((tick - warm - 1) * 5L / (ticks - warm));
            if (minute >= 0) LateMs.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            for (var partition = 0; partition < LatencyAds.Partitions; partition++) Append(partition, new Probe(due, 0, 0, 0, minute), startMs + tick);
        }

        while (Volatile.Read(ref _underWay) > 0 && !ct.IsCancellationRequested) ct.WaitHandle.WaitOne(1);
        if (_failure is not null) throw _failure;
    }

    private void Append(int partition, Probe probe, long nowMs)
    {
        if (!_free.TryDequeue(out var builder)) builder = new RecordBatchBuilder();
        builder.Clear();
        var events = ads.Events[partition];
        var window = nowMs / WindowMs * WindowMs;
        var isCounted = false;
        for (var i = plan.EventsPerSecond / 1000 / LatencyAds.Partitions; i > 0; i--)
        {
            var ready = events[_next[partition]++ % events.Length];
            ready.SetTime(nowMs);
            builder.Add(nowMs, default, ready.Json);
            Sent++;
            if (ready.Campaign == ReadyEvent.NotCounted) continue;
            var count = Expected[(ready.Campaign, window)] = Expected.GetValueOrDefault((ready.Campaign, window)) + 1;
            probe = probe with { Campaign = ready.Campaign, Window = window, Count = count };
            isCounted = true;
        }

        if (isCounted) Probes[partition].Enqueue(probe);
        Interlocked.Increment(ref _underWay);
        _ = AppendAsync(new TopicPartition(YsbInput.Topic, partition), builder);
    }

    private async Task AppendAsync(TopicPartition partition, RecordBatchBuilder builder)
    {
        try
        {
            await log.AppendAsync(partition, builder, null, CancellationToken.None);
            _free.Enqueue(builder);
        }
        catch (Exception error)
        {
            _failure = error;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
