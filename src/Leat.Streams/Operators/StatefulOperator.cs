using Leat.Streams.Kernels;

namespace Leat.Streams.Operators;

/// <summary>What the job run needs of an operator that keeps state, whatever its types. All but <see cref="Advance"/> is called while no worker works.</summary>
internal abstract class StatefulOperator
{
    /// <summary>Text that is equal for operators whose state is interchangeable.</summary>
    public abstract string Signature { get; }

    /// <summary>Before the run: how many parts the keys are split in.</summary>
    public abstract void Open(int shards);

    /// <summary>No record is judged with an older watermark any more: does what is due then.</summary>
    public abstract void Advance(long watermark);

    /// <summary>Writes what changed since the last call, or all.</summary>
    public abstract void Save(StateWriter writer, bool whole);

    /// <summary>Loads what <see cref="Save"/> wrote on top of what is there.</summary>
    public abstract void Load(StateReader reader);

    /// <summary>After loading: drops what was due at the saved watermark, without output.</summary>
    public abstract void Restore(long watermark, long checkpointId);

    /// <summary>The state saved last is now committed.</summary>
    public virtual void Committed(long checkpointId, long watermark)
    {
    }

    public abstract void Dispose();
}
