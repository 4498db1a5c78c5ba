namespace Leat.Streams.Testing;

/// <summary>Rows in memory as a source that ends: after its last row all windows close.</summary>
/// <param name="name">Of the source.</param>
/// <param name="partitions">Rows of each partition.</param>
public sealed class MemorySource<T>(string name, params IReadOnlyList<T>[] partitions) : IStreamSource<T>
{
    public string Name => name;

    public int Partitions => partitions.Length;

    public Task<long> EndOffsetAsync(int partition, CancellationToken ct) => Task.FromResult((long)partitions[partition].Count);

    public IStreamReader<T> OpenReader(int partition, long offset) => new Reader(partitions[partition], offset);

    private sealed class Reader(IReadOnlyList<T> rows, long offset) : IStreamReader<T>
    {
        public long Position { get; private set; } = offset;

        public bool IsEnded => Position == rows.Count;

        public ValueTask<int> ReadAsync(T[] into, CancellationToken ct)
        {
            var count = (int)Math.Min(into.Length, rows.Count - Position);
            for (var i = 0; i < count; i++) into[i] = rows[(int)Position++];
            return ValueTask.FromResult(count);
        }

        public Task WaitAsync(TimeSpan longest, CancellationToken ct) => Task.Delay(longest, ct);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
