namespace Leat.Log;

/// <summary>What a partition knows of a producer. Owned by the thread that writes the partition.</summary>
internal sealed class ProducerEntry(long producerId)
{
    /// <summary>Batches remembered, as many as an idempotent producer may have under way.</summary>
    public const int BatchesKept = 5;

    private readonly ProducerBatch[] _batches = new ProducerBatch[BatchesKept];

    public long ProducerId => producerId;

    public short Epoch { get; set; } = -1;

    /// <summary>Newest time of a record or marker, by the log's clock; epoch milliseconds.</summary>
    public long SeenMs { get; set; }

    /// <summary>First record of its open transaction; -1 when there is none.</summary>
    public long OpenSince { get; set; } = -1;

    /// <summary>Batches remembered, oldest first.</summary>
    public ReadOnlySpan<ProducerBatch> Batches => _batches.AsSpan(0, Count);

    public int Count { get; private set; }

    public ProducerEntry Copy()
    {
        var copy = new ProducerEntry(producerId) { Epoch = Epoch, SeenMs = SeenMs, OpenSince = OpenSince, Count = Count };
        _batches.CopyTo(copy._batches, 0);
        return copy;
    }

    public void Add(ProducerBatch batch)
    {
        if (Count == BatchesKept) _batches.AsSpan(1).CopyTo(_batches);
        else Count++;
        _batches[Count - 1] = batch;
    }

    /// <summary>Forgets the batches: a new epoch counts from 0 again.</summary>
    public void Begin(short epoch) => (Epoch, Count) = (epoch, 0);
}
