using Leat.Streams.Execution;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Processes;

/// <summary>A worker's way into a keyed operator: takes each shard once a chunk, and passes the chunk's rows of it in their order.</summary>
/// <param name="operation">The operator; several stages may lead into it.</param>
/// <param name="key">Key of a row.</param>
/// <param name="port">Gives a row to the function.</param>
/// <param name="context">Of the worker.</param>
internal sealed class KeyedStage<TKey, TIn, TOut>(KeyedOperator<TKey, TOut> operation, Func<TIn, TKey> key, Action<KeyedFunction<TKey, TOut>, TIn> port, WorkerContext context) : Stage<TIn>
{
    private const int NoShard = -1;
    private readonly KeyedOutput<TOut> _output = operation.CreateOutput(context);
    private readonly TKey[] _keys = new TKey[Chunk<TIn>.DefaultCapacity];
    private readonly int[] _hashes = new int[Chunk<TIn>.DefaultCapacity];
    private readonly int[] _shards = new int[Chunk<TIn>.DefaultCapacity];
    private readonly int[] _counts = new int[operation.Shards.Length];
    private readonly int[] _ends = new int[operation.Shards.Length];
    private readonly int[] _order = new int[Chunk<TIn>.DefaultCapacity];

    public override void Process(Chunk<TIn> chunk, WorkerContext context)
    {
        Array.Clear(_counts);
        TakeKeys(chunk);
        operation.Sample.Note(_keys, chunk.Count);
        Order(chunk.Count);
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] > 0) Run(chunk, index);
        }
    }

    public override void Flush() => _output.Flush();

    public override void Barrier() => _output.Barrier();

    public override void Dispose() => _output.Dispose();

    private void TakeKeys(Chunk<TIn> chunk)
    {
        var at = 0;
        while (at < chunk.Count)
        {
            try
            {
                for (; at < chunk.Count; at++)
                {
                    _keys[at] = key(chunk.Items[at]);
                    _hashes[at] = KeyHash.Of(_keys[at]);
                    _shards[at] = operation.ShardOf(_hashes[at]);
                    _counts[_shards[at]]++;
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                _shards[at] = NoShard;
                context.UserFault(chunk, at++, operation.Name, error);
            }
        }
    }

    /// <summary>Rows by shard, in each in their order: looking for a shard's rows among all would cost a mispredicted branch a row.</summary>
    private void Order(int rows)
    {
        var first = 0;
        for (var index = 0; index < _counts.Length; index++)
        {
            _ends[index] = first;
            first += _counts[index];
        }

        for (var row = 0; row < rows; row++)
        {
            if (_shards[row] != NoShard) _order[_ends[_shards[row]]++] = row;
        }
    }

    private void Run(Chunk<TIn> chunk, int index)
    {
        var shard = operation.Shards[index];
        lock (shard.Gate)
        {
            shard.Use(_output);
            for (var at = _ends[index] - _counts[index]; at < _ends[index]; at++) Run(chunk, _order[at], shard);

            _output.Pass();
            shard.Compact();
        }
    }

    private void Run(Chunk<TIn> chunk, int row, KeyedShard<TKey, TOut> shard)
    {
        _output.Ordinal = chunk.Ordinals[row];
        shard.Begin(_keys[row], _hashes[row], chunk.Times[row], Watermarks.Minus(context.JudgementOf(_output.Ordinal), operation.InputDelay));
        try
        {
            port(shard.Function, chunk.Items[row]);
        }
        catch (Exception error) when (error is not OperationCanceledException && !StreamErrors.IsOverflow(error))
        {
            context.UserFault(chunk, row, operation.Name, error);
        }

        if (!shard.End()) return;
        operation.CountLate();
        context.Late(chunk, row, null);
    }
}
