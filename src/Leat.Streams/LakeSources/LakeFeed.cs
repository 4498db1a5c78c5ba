using System.Globalization;
using Leat.Streams.Execution;
using Leat.Streams.Time;

namespace Leat.Streams.LakeSources;

/// <summary>Brings a partition of a lake table into the worker's chain.</summary>
internal sealed class LakeFeed<TRow>(PartitionProgress progress, RowRunner<TRow> runner, LakeReader<TRow> reader, WorkerSettings settings) : PartitionFeed(progress, runner, settings.Time)
{
    private const int ChunksATurn = 16;

    public override Task WaitAsync(CancellationToken ct) => Task.Delay(settings.IdleWait, ct);

    public override ValueTask DisposeAsync() => reader.DisposeAsync();

    protected override async ValueTask<bool> ProcessAsync(CancellationToken ct)
    {
        var any = false;
        for (var chunk = 0; chunk < ChunksATurn && !settings.Gate.IsAsked; chunk++)
        {
            var next = reader.NextAsync(runner.Rows, ct);
            if (!(next.IsCompletedSuccessfully ? next.Result : await next.ConfigureAwait(false)))
            {
                MoveOn();
                if (!any) FoundNothing();
                break;
            }

            any = true;
            Begin();
            foreach (var (fault, row) in reader.Faults) runner.Dead(reader.Json(row), fault, string.Create(CultureInfo.InvariantCulture, $"{reader.Place} row {row}"));
            if (reader.Count > 0) runner.Process(reader.Count, Progress);
            Progress.RowsRead += reader.Count + reader.Faults.Count;
            MoveOn();
        }

        return any;
    }

    private void MoveOn()
    {
        Progress.Cursor = reader.Cursor;
        Progress.Offset = reader.Cursor.Version;
    }
}
