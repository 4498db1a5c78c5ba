using Leat.Streams.Execution;
using Leat.Streams.Inspection;
using Leat.Streams.Kernels;
using Leat.Streams.State.Spill;

namespace Leat.Streams.Operators;

/// <summary>What the job run needs of an operator that keeps state, whatever its types. <see cref="Advance"/> and <see cref="Tick"/> run beside the workers, all else while none works.</summary>
internal abstract class StatefulOperator
{
    private long _lateRows;

    /// <summary>Text that is equal for operators whose state is interchangeable.</summary>
    public abstract string Signature { get; }

    /// <summary>Kind of operator: its id in checkpoints is this with a number, unless it has a name.</summary>
    public virtual string Kind => Signature.Split(' ')[0];

    /// <summary>What it does depends on the watermark.</summary>
    public virtual bool UsesTime => true;

    /// <summary>Name that the job gave it; null = none.</summary>
    public string? Label { get; set; }

    /// <summary>Keys of a few rows that came in.</summary>
    public KeySample Sample { get; } = new();

    /// <summary>Rows that came too late for the operator, since the start.</summary>
    public long LateRows => Interlocked.Read(ref _lateRows);

    public void CountLate() => Interlocked.Increment(ref _lateRows);

    /// <summary>Once, when the job is made: how many parts the keys are split in, and the job's clock. Views read from then on.</summary>
    public abstract void Open(int shards, TimeProvider clock);

    /// <summary>Once, after <see cref="Open"/>: state that is over the budget goes to files of the folder, where the operator can do that.</summary>
    public virtual void UseDisk(StateBudget budget, SpillFolder folder)
    {
    }

    /// <summary>Before the run: builds the coordinator's own chain, where there is one.</summary>
    public virtual void Connect(WorkerContext coordinator)
    {
    }

    /// <summary>No record is judged with an older watermark any more: does what is due then.</summary>
    public abstract void Advance(long watermark);

    /// <summary>The job's clock went on: does what is due by it.</summary>
    public virtual void Tick(long watermark)
    {
    }

    /// <summary>Before a checkpoint: nothing stays in the coordinator's chain.</summary>
    public virtual void Barrier()
    {
    }

    /// <summary>While nothing works: from now on <see cref="WriteCaptured"/> writes what changed since the last capture, or all, as it is now. The last capture must be written.</summary>
    public abstract void Capture(bool whole);

    /// <summary>Beside the workers: the next piece of what was captured.</summary>
    /// <returns>False: this was the last piece.</returns>
    public abstract bool WriteCaptured(StateWriter writer);

    /// <summary>All of the state can be written in pieces beside the workers by <see cref="Scan"/>, so that it need not be captured whole.</summary>
    public virtual bool IsScanned => false;

    /// <summary>Beside the workers: begins a pass over all of the state, for a new state file that gets each capture from this one on as well.</summary>
    public virtual void BeginScan()
    {
    }

    /// <summary>Beside the workers, no capture being written: the next piece of the pass. What changed since the last capture is left to the next one, so the file is whole with that.</summary>
    /// <returns>False: this was the last piece.</returns>
    public virtual bool Scan(StateWriter writer) => false;

    /// <summary>Beside the workers: moves state to disk that is over the budget and may leave.</summary>
    public virtual void GiveWay()
    {
    }

    /// <summary>Loads what <see cref="WriteCaptured"/> or <see cref="Scan"/> wrote on top of what is there.</summary>
    public abstract void Load(StateReader reader);

    /// <summary>After loading: drops what was due at the saved watermark, without output.</summary>
    public abstract void Restore(long watermark, long checkpointId);

    /// <summary>The state saved last is now committed.</summary>
    public virtual void Committed(long checkpointId, long watermark)
    {
    }

    /// <summary>Size of the state now. Beside the workers, about once a second: takes the lock of each shard for a moment and never looks at all rows.</summary>
    public abstract StateSize Measure();

    public abstract void Dispose();
}
