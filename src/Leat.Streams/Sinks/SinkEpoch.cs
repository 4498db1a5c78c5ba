using Leat.Core;

namespace Leat.Streams;

/// <summary>The rows of one commit.</summary>
public sealed class SinkEpoch
{
    private readonly Func<IAsyncEnumerable<Batch>> _read;

    /// <param name="number">Counted from 1 in a life of the job; grows, with gaps.</param>
    /// <param name="read">Reads the rows; may be called more than once.</param>
    public SinkEpoch(long number, Func<IAsyncEnumerable<Batch>> read) => (Number, _read) = (number, read);

    /// <summary>Epoch, counted from 1 in a life of the job; grows from commit to commit, with gaps.</summary>
    public long Number { get; }

    /// <summary>The rows, in the order in which the job made them, so that of several rows of a key the last one counts: columns of <see cref="SinkTarget.Columns"/>, with <see cref="SinkMode.Upsert"/> then <see cref="SinkTarget.Gone"/>. Batches are the caller's to dispose. May be read again.</summary>
    public IAsyncEnumerable<Batch> ReadAsync() => _read();
}
