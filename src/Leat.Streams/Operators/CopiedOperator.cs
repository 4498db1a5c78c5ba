using Leat.Streams.Kernels;

namespace Leat.Streams.Operators;

/// <summary>An operator whose state is copied for a checkpoint while all workers stand still.</summary>
internal abstract class CopiedOperator : StatefulOperator
{
    private StateWriter _copy = new();

    public sealed override void Capture(bool whole)
    {
        _copy = new StateWriter();
        Save(_copy, whole);
    }

    public sealed override bool WriteCaptured(StateWriter writer)
    {
        writer.Raw(_copy.Written.Span);
        _copy = new StateWriter();
        return false;
    }

    /// <summary>Writes what changed since the last call, or all.</summary>
    protected abstract void Save(StateWriter writer, bool whole);
}
