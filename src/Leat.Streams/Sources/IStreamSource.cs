namespace Leat.Streams;

/// <summary>A source of rows other than a topic. What it gives from an offset on must be the same each time: after a failure the job reads again from the offset of its last checkpoint.</summary>
public interface IStreamSource<T>
{
    /// <summary>Name in checkpoints and figures; it must stay the same.</summary>
    string Name { get; }

    /// <summary>Parts that are read side by side, at least 1; the same each time.</summary>
    int Partitions { get; }

    /// <summary>Offset after all that the partition has now.</summary>
    Task<long> EndOffsetAsync(int partition, CancellationToken ct);

    /// <param name="partition">Counted from 0.</param>
    /// <param name="offset">0 at the first start, else a <see cref="IStreamReader{T}.Position"/>.</param>
    IStreamReader<T> OpenReader(int partition, long offset);
}
