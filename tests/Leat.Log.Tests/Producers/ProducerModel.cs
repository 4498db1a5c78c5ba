namespace Leat.Log.Tests;

/// <summary>What a partition must answer to idempotent producers, as plainly as it can be written.</summary>
internal sealed class ProducerModel
{
    private readonly Dictionary<long, (short Epoch, List<(int First, int Last, long Offset)> Batches)> _producers = [];

    /// <summary>End of the partition.</summary>
    public long End { get; private set; }

    public (KafkaError Error, long Offset) Send(long producer, short epoch, int sequence, int count)
    {
        var last = (int)(((long)sequence + count - 1) % (1L << 31));
        if (!_producers.TryGetValue(producer, out var known)) known = (epoch, []);
        else if (epoch < known.Epoch) return (KafkaError.InvalidProducerEpoch, -1);
        else if (epoch > known.Epoch)
        {
            if (sequence != 0) return (KafkaError.OutOfOrderSequenceNumber, -1);
            known = (epoch, []);
        }
        foreach (var batch in known.Batches)
        {
            if ((batch.First, batch.Last) == (sequence, last)) return (KafkaError.None, batch.Offset);
        }
        if (known.Batches.Count > 0 && (known.Batches[^1].Last + 1L) % (1L << 31) != sequence) return (KafkaError.OutOfOrderSequenceNumber, -1);
        known.Batches.Add((sequence, last, End));
        if (known.Batches.Count > 5) known.Batches.RemoveAt(0);
        _producers[producer] = known;
        End += count;
        return (KafkaError.None, End - count);
    }
}
