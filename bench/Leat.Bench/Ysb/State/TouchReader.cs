using Leat.Streams;

namespace Leat.Bench.Ysb.State;

internal sealed class TouchReader(TouchLoad load, int partition, long offset) : IStreamReader<Touch>
{
    public long Position { get; private set; } = offset;

    public bool IsEnded => Position == load.Rows / 2;

    public ValueTask<int> ReadAsync(Touch[] rows, CancellationToken ct)
    {
        var count = 0;
        for (; count < rows.Length && Position < load.Rows / 2 && load.TryRow((Position * 2) + partition, out rows[count]); count++) Position++;
        return ValueTask.FromResult(count);
    }

    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => Task.Delay(1, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
