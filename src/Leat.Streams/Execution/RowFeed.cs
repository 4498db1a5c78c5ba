using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>Reads a partition of a source of rows chunk by chunk.</summary>
internal sealed class RowFeed<T>(PartitionProgress progress, RowRunner<T> runner, IStreamReader<T> reader, WorkerSettings settings) : PartitionFeed(progress, runner, settings.Time)
{
    private const int ChunksATurn = 16;

    public override Task WaitAsync(CancellationToken ct) => reader.WaitAsync(settings.IdleWait, ct);

    public override ValueTask DisposeAsync() => reader.DisposeAsync();

    protected override async ValueTask<bool> ProcessAsync(CancellationToken ct)
    {
        Begin();
        var any = false;
        for (var chunk = 0; chunk < ChunksATurn; chunk++)
        {
            var read = reader.ReadAsync(runner.Rows, ct);
            var count = read.IsCompletedSuccessfully ? read.Result : await read.ConfigureAwait(false);
            if (count == 0) break;
            any = true;
            runner.Process(count, Progress);
            MoveOn();
            if (settings.Gate.IsAsked) break;
        }

        if (any) return true;
        MoveOn();
        FoundNothing();
        return false;
    }

    /// <summary>The watermark first: whoever sees that the last row was processed may rely on the end being known.</summary>
    private void MoveOn()
    {
        if (reader.IsEnded) Progress.RaiseWatermark(long.MaxValue / 4);
        Progress.Offset = reader.Position;
    }
}
