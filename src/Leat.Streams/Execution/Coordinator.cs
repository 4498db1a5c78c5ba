using Leat.Streams.Jobs;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>Moves the operators on in the order of the graph: what one emits when its watermark rises reaches the next before that one's rises. Owned by the loop that closes windows and takes checkpoints.</summary>
internal sealed class Coordinator(JobPlan plan, RunOutputs outputs, JobClock clock, CancellationToken stopping)
{
    private readonly WorkerContext _context = new(outputs, clock) { Stopping = stopping };
    private long _advancedTo = long.MinValue;

    /// <summary>Before the run: builds the coordinator's own chains.</summary>
    public void Connect()
    {
        foreach (var part in plan.Stateful) part.Connect(_context);
    }

    public void Restore(long watermark)
    {
        _advancedTo = watermark;
        _context.Flushed(watermark);
    }

    /// <summary>Fires timers of the job's clock, and whatever is due at the watermark when it rose.</summary>
    public void Advance(long watermark)
    {
        _context.BeginDerived();
        var rises = watermark > _advancedTo;
        foreach (var part in plan.Stateful)
        {
            part.Tick(Math.Max(watermark, _advancedTo));
            if (rises) part.Advance(watermark);
        }

        if (!rises) return;
        _advancedTo = watermark;
        _context.Flushed(watermark);
    }

    /// <summary>Before a checkpoint: all that is due happens, and nothing stays in the coordinator's chains.</summary>
    public void Settle(long watermark)
    {
        Advance(watermark);
        foreach (var part in plan.Stateful) part.Barrier();
    }
}
