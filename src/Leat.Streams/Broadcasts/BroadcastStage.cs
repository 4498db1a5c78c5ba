using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Broadcasts;

/// <summary>Takes rows into a broadcast table, a chunk at a time.</summary>
internal sealed class BroadcastStage<TIn, TKey, TRow>(BroadcastState<TKey, TRow> state, BroadcastRule<TIn, TKey, TRow> rule) : Stage<TIn>
{
    public override void Process(Chunk<TIn> chunk, WorkerContext context)
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

    private void Take(Chunk<TIn> chunk, int index, WorkerContext context)
    {
        try
        {
            var row = chunk.Items[index];
            var key = rule.Key(row);
            if (rule.IsGone is null || !rule.IsGone(row)) state.Set(key, rule.Row(row));
            else if (rule.Stays is null || !state.TryFind(key, out var held) || !rule.Stays(held!, row)) state.Remove(key);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            context.UserFault(chunk, index, $"broadcast {state.Name}", error);
        }
    }
}
