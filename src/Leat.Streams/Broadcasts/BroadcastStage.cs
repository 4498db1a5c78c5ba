using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Broadcasts;

/// <summary>Takes rows into a broadcast table, a chunk at a time.</summary>
internal sealed class BroadcastStage<TKey, TRow>(BroadcastState<TKey, TRow> state, Func<TRow, TKey> key, Func<TRow, bool>? isGone) : Stage<TRow>
{
    public override void Process(Chunk<TRow> chunk, WorkerContext context)
    {
        state.Gate.EnterWriteLock();
        try
        {
            for (var i = 0; i < chunk.Count; i++) Take(chunk, i, context);
        }
        finally
        {
            state.Gate.ExitWriteLock();
        }
    }

    public override void Flush()
    {
    }

    public override void Dispose()
    {
    }

    private void Take(Chunk<TRow> chunk, int index, WorkerContext context)
    {
        try
        {
            var row = chunk.Items[index];
            if (isGone is not null && isGone(row)) state.Remove(key(row));
            else state.Set(key(row), row);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            context.UserFault(chunk, index, $"broadcast {state.Name}", error);
        }
    }
}
