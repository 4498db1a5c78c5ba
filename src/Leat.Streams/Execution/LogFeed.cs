using Leat.Log;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>Reads a partition of a topic block by block.</summary>
internal sealed class LogFeed(PartitionProgress progress, RecordRunner runner, ILogReader reader, WorkerSettings settings) : PartitionFeed(progress, runner, settings.Time)
{
    private Task<RecordBlock?>? _waiting;

    public override async Task WaitAsync(CancellationToken ct)
    {
        _waiting ??= reader.ReadAsync(settings.MaxBlockBytes, settings.IdleWait, ct).AsTask();
        await Task.WhenAny(_waiting).ConfigureAwait(false); // what failed is told by the next read
    }

    public override async ValueTask DisposeAsync()
    {
        if (_waiting is { } waiting)
        {
            try
            {
                (await waiting.ConfigureAwait(false))?.Dispose();
            }
            catch (OperationCanceledException)
            {
            }
        }

        await reader.DisposeAsync().ConfigureAwait(false);
    }

    protected override async ValueTask<bool> ProcessAsync(CancellationToken ct)
    {
        var block = await NextBlockAsync(ct).ConfigureAwait(false);
        if (block is null) return false;
        using (block)
        {
            Begin();
            runner.Process(block, Progress);
        }

        return true;
    }

    private async ValueTask<RecordBlock?> NextBlockAsync(CancellationToken ct)
    {
        if (_waiting is { } waiting)
        {
            if (!waiting.IsCompleted) return null;
            _waiting = null;
            if (await waiting.ConfigureAwait(false) is { } waited) return waited;
        }

        var block = await reader.ReadAsync(settings.MaxBlockBytes, TimeSpan.Zero, ct).ConfigureAwait(false);
        if (block is null) FoundNothing();
        return block;
    }
}
