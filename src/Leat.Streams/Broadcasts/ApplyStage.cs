using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Broadcasts;

/// <summary>Passes rows through code that sees a broadcast table. The reader's lock is held until what follows has them, as texts may stand in the table.</summary>
internal sealed class ApplyStage<TIn, TKey, TRow, TOut> : Stage<TIn>
{
    private readonly BroadcastState<TKey, TRow> _state;
    private readonly Action<TIn, RuleOutput<TOut>> _apply;
    private readonly Stage<TOut> _next;
    private readonly RuleOutput<TOut> _output;
    private readonly Chunk<TOut> _chunk = new(Chunk<TOut>.DefaultCapacity);
    private WorkerContext? _context;
    private (long Time, int Ordinal) _current;

    public ApplyStage(BroadcastState<TKey, TRow> state, Action<TIn, RuleOutput<TOut>> apply, Stage<TOut> next)
    {
        (_state, _apply, _next) = (state, apply, next);
        _output = new RuleOutput<TOut>(Add);
    }

    public override void Process(Chunk<TIn> chunk, WorkerContext context)
    {
        _context = context;
        _state.Gate.EnterReadLock();
        try
        {
            for (var i = 0; i < chunk.Count; i++)
            {
                _current = (chunk.Times[i], chunk.Ordinals[i]);
                try
                {
                    _apply(chunk.Items[i], _output);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    context.UserFault(chunk, i, $"table {_state.Name}", error);
                }
            }

            Pass();
        }
        finally
        {
            _state.Gate.ExitReadLock();
        }
    }

    public override void Flush() => _next.Flush();

    public override void Barrier() => _next.Barrier();

    public override void Dispose() => _next.Dispose();

    private void Add(TOut row)
    {
        if (_chunk.Count == Chunk<TOut>.DefaultCapacity) Pass();
        var to = _chunk.Count++;
        _chunk.Items[to] = row;
        (_chunk.Times[to], _chunk.Ordinals[to]) = _current;
    }

    private void Pass()
    {
        if (_chunk.Count == 0) return;
        _next.Process(_chunk, _context!);
        _chunk.Count = 0;
    }
}
