namespace Leat.Log;

/// <summary>Batches as they are stored; disposed by the receiver.</summary>
internal sealed class BatchFetch(ReadOnlyMemory<byte> bytes, IDisposable? owner) : IDisposable
{
    private IDisposable? _owner = owner;

    /// <summary><see cref="KafkaError.None"/>, or why there are no bytes.</summary>
    public KafkaError Error { get; init; }

    /// <summary>Whole batches; empty at the end. Valid until disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>First offset kept.</summary>
    public long StartOffset { get; init; }

    /// <summary>End of what is durable.</summary>
    public long HighWatermark { get; init; }

    /// <summary>End of what belongs to no open transaction.</summary>
    public long LastStableOffset { get; init; }

    /// <summary>Aborted transactions with records among the bytes; empty unless asked for committed records.</summary>
    public IReadOnlyList<AbortedTransaction> Aborted { get; init; } = [];

    public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Dispose();
}
