using Leat.Core;
using Leat.Log;
using Leat.Streams.Execution;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.History;

/// <summary>Reads a partition from the lake up to where the lake ends, then from the topic. Offsets are those of the topic all the way, so it goes on from any of them.</summary>
internal sealed class HistoryFeed<T>(PartitionProgress progress, HistoryRunner<T> runner, LandedReader history, IEventLog log, WorkerSettings settings) : PartitionFeed(progress, runner, settings.Time)
{
    private const int ChunksATurn = 16;
    private LogFeed? _topic;

    public override Task WaitAsync(CancellationToken ct) => _topic?.WaitAsync(ct) ?? Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await history.DisposeAsync().ConfigureAwait(false);
        if (_topic is not null) await _topic.DisposeAsync().ConfigureAwait(false);
    }

    protected override async ValueTask<bool> ProcessAsync(CancellationToken ct)
    {
        if (_topic is not null) return await FollowAsync(_topic, ct).ConfigureAwait(false);
        Begin();
        for (var chunk = 0; chunk < ChunksATurn && !settings.Gate.IsAsked; chunk++)
        {
            if (await history.NextAsync(Chunk<T>.DefaultCapacity, ct).ConfigureAwait(false))
            {
                runner.Process(history.Batch, history.Rows, Progress);
                Progress.Offset = history.Position;
                continue;
            }

            var turns = await TurnAsync(ct).ConfigureAwait(false);
            Progress.Offset = history.Position;
            if (!turns) continue;
            await history.DisposeAsync().ConfigureAwait(false);
            _topic = new LogFeed(Progress, runner, log.OpenReader(Progress.Partition, history.Position), settings);
            return await FollowAsync(_topic, ct).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>When retention overtook the reading, what is gone from the topic is in the lake.</summary>
    private async ValueTask<bool> FollowAsync(LogFeed topic, CancellationToken ct)
    {
        try
        {
            return await topic.NextAsync(ct).ConfigureAwait(false);
        }
        catch (LeatException gone) when (gone.Code == "LEAT2020")
        {
            await topic.DisposeAsync().ConfigureAwait(false);
            _topic = null;
            history.Seek(Progress.Offset);
            return true;
        }
    }

    /// <summary>Whether the topic can be gone on with where the lake ends. When its retention was faster than the reading, the lake has more by now.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2155 records are in neither; LEAT2156 the topic ends before the lake.</exception>
    private async ValueTask<bool> TurnAsync(CancellationToken ct)
    {
        var (partition, position) = (Progress.Partition, history.Position);
        var held = await log.DescribeAsync(partition, ct).ConfigureAwait(false);
        if (held.EndOffsetExcl < position) throw StreamErrors.LakeBeyondTopic(partition, position, held.EndOffsetExcl);
        if (held.StartOffset <= position) return true;
        await history.RefreshAsync(ct).ConfigureAwait(false);
        return history.End > position ? false : throw StreamErrors.HistoryGap(partition, position, held.StartOffset);
    }
}
