using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class NexmarkReader(NexmarkEvents events, long offset) : IStreamReader<NexmarkEvent>
{
    public long Position { get; private set; } = offset;

    public bool IsEnded => Position == events.Count;

    public ValueTask<int> ReadAsync(NexmarkEvent[] rows, CancellationToken ct)
    {
        var (first, count) = ((int)Position, (int)Math.Min(rows.Length, events.Count - Position));
        for (var i = 0; i < count; i++) rows[i] = events[first + i];
        Position += count;
        return ValueTask.FromResult(count);
    }

    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => Task.Delay(longest, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
