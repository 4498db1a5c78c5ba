using System.Runtime.ExceptionServices;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>One read whose batches go to a consumer on the engine's threads. Thread-safe.</summary>
internal sealed class ParallelRead(Schema schema, Action<Batch> consume, CancellationToken ct)
{
    private const string Stopped = "the reader stopped";
    private ExceptionDispatchInfo? _failure;

    /// <summary>What ended the read first: the consumer's exception, or the cancellation.</summary>
    public ExceptionDispatchInfo? Failure => Volatile.Read(ref _failure);

    /// <summary>Hands over one chunk, whose first column is not the read's.</summary>
    /// <returns>What to tell the engine when it shall stop; else null.</returns>
    public string? Take(nint chunk)
    {
        if (Failure is not null) return Stopped;
        try
        {
            ct.ThrowIfCancellationRequested();
            using var batch = LentVectors.Wrap(schema, chunk, firstColumn: 1);
            if (batch.RowCount > 0) consume(batch);
            return null;
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            return Stopped;
        }
    }
}
