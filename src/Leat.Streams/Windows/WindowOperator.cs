using Leat.Core;
using Leat.Streams.Kernels;
using Leat.Streams.Sinks;
using Leat.Streams.Views;

namespace Leat.Streams.Windows;

/// <summary>What the job run needs of a window operator, whatever its key and row types.</summary>
internal abstract class WindowOperator
{
    /// <summary>Columns of the results.</summary>
    public abstract Schema Schema { get; }

    public IJobView? View { get; protected set; }

    public List<LakeSink> LakeSinks { get; } = [];

    public string? LateTopic { get; set; }

    /// <summary>Text that is equal for operators whose state is interchangeable.</summary>
    public abstract string Signature { get; }

    public abstract void AddView(string name, TimeSpan keep);

    /// <summary>Before the run: how many parts the keys are split in.</summary>
    public abstract void Open(int shards);

    /// <summary>Closes windows that are final at the watermark, hands their rows to the lake sinks, drops what nobody keeps.</summary>
    public abstract void Advance(long watermark);

    /// <summary>Writes rows changed since the last call, or all; and prepares them for the committed side of the view.</summary>
    public abstract void Save(StateWriter writer, bool whole);

    /// <summary>Loads what <see cref="Save"/> wrote on top of what is there.</summary>
    public abstract void Load(StateReader reader);

    /// <summary>After loading: closes and drops as at the saved watermark, without output.</summary>
    public abstract void Restore(long watermark, long checkpointId);

    /// <summary>The state saved last is now committed.</summary>
    public abstract void Committed(long checkpointId, long watermark);

    public abstract void Dispose();
}
