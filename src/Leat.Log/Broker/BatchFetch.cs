using System.Buffers;

namespace Leat.Log;

/// <summary>Batches as they are stored; disposed by the receiver.</summary>
internal sealed class BatchFetch : IDisposable
{
    private byte[]? _rented;

    /// <param name="error">None, or why there are no bytes.</param>
    /// <param name="rented">From the shared pool; given back on dispose.</param>
    /// <param name="length">Bytes used of it.</param>
    /// <param name="view">The partition; null when there is none.</param>
    public BatchFetch(KafkaError error, byte[]? rented, int length, PartitionView? view)
    {
        (Error, _rented, Bytes) = (error, rented, rented.AsMemory(0, length));
        (StartOffset, HighWatermark, LastStableOffset) = view is null ? (-1, -1, -1) : (view.StartOffset, view.EndOffsetExcl, view.StableEndExcl);
    }

    /// <summary>None, or why there are no bytes.</summary>
    public KafkaError Error { get; }

    /// <summary>Whole batches; empty at the end. Valid until disposed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>First offset kept; -1 without partition.</summary>
    public long StartOffset { get; }

    /// <summary>End of what is durable; -1 without partition.</summary>
    public long HighWatermark { get; }

    /// <summary>End of what belongs to no open transaction; -1 without partition.</summary>
    public long LastStableOffset { get; }

    /// <summary>Aborted transactions with records among the bytes; empty unless asked for committed records.</summary>
    public IReadOnlyList<AbortedTransaction> Aborted { get; init; } = [];

    public static BatchFetch Failed(KafkaError error, PartitionView? view) => new(error, null, 0, view);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is not { } rented) return;
        Bytes = default;
        ArrayPool<byte>.Shared.Return(rented);
    }
}
