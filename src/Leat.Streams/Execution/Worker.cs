using System.Collections.Immutable;
using Leat.Streams.Inspection;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>Reads its partitions block by block through its own chain, merges what it gathered every few milliseconds, and stands still when a checkpoint asks.</summary>
internal sealed class Worker(ImmutableArray<PartitionFeed> partitions, WorkerContext context, JobClock clock, WorkerSettings settings)
{
    private long _lastFlush;

    public WorkerContext Context => context;

    public WorkerMeter Meter { get; } = new(settings.Time);

    public async Task RunAsync(CancellationToken ct)
    {
        context.Stopping = ct;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (settings.Gate.IsAsked || settings.IsOverPressure()) await StandStillAsync(ct).ConfigureAwait(false);
            var any = false;
            foreach (var partition in partitions)
            {
                if (!IsOpen(partition) || !await partition.NextAsync(ct).ConfigureAwait(false)) continue;
                any = true;
                if (settings.Gate.IsAsked) break;
                FlushIfDue();
            }

            if (any) continue;
            Flush();
            await WaitForDataAsync(ct).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var partition in partitions) await partition.DisposeAsync().ConfigureAwait(false);
        foreach (var runner in partitions.Select(p => p.Runner).Distinct()) runner.Dispose();
    }

    /// <summary>Whether the partition's turn has come: tables are read before what is looked up in them.</summary>
    private bool IsOpen(PartitionFeed partition) => partition.Progress.IsFirst || settings.AreTablesRead();

    private void FlushIfDue()
    {
        if (settings.Time.GetElapsedTime(_lastFlush) >= settings.FlushInterval || _lastFlush == 0) Flush();
    }

    private void Flush()
    {
        foreach (var partition in partitions) partition.Runner.Flush();
        context.Flushed(clock.Update());
        _lastFlush = settings.Time.GetTimestamp();
    }

    private async Task StandStillAsync(CancellationToken ct)
    {
        Flush();
        Meter.Wait(settings.IsOverPressure());
        while (!settings.Gate.IsAsked && settings.IsOverPressure())
        {
            await Task.WhenAny(settings.Gate.Asked, Task.Delay(settings.IdleWait, ct)).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
        }

        if (settings.Gate.IsAsked)
        {
            foreach (var partition in partitions) partition.Runner.Barrier();
            await settings.Gate.ArriveAsync(ct).ConfigureAwait(false);
        }

        Meter.Work();
    }

    private async Task WaitForDataAsync(CancellationToken ct)
    {
        var tasks = new List<Task>(partitions.Length + 1) { settings.Gate.Asked };
        foreach (var partition in partitions.Where(IsOpen)) tasks.Add(partition.WaitAsync(ct));
        if (!partitions.All(IsOpen)) tasks.Add(Task.Delay(settings.IdleWait, ct));

        Meter.Wait(isHeld: false);
        await Task.WhenAny(tasks).ConfigureAwait(false);
        Meter.Work();
    }
}
