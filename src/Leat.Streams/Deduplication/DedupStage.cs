using Leat.Streams.Execution;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Deduplication;

/// <summary>A worker's side of a deduplication: asks each shard once a chunk, in the order of the rows.</summary>
internal sealed class DedupStage<T, TKey>(DedupOperator<TKey> operation, Func<T, TKey> key, Stage<T> next) : Stage<T>
{
    private readonly Chunk<T> _output = new(Chunk<T>.DefaultCapacity);
    private readonly TKey[] _keys = new TKey[Chunk<T>.DefaultCapacity];
    private readonly int[] _hashes = new int[Chunk<T>.DefaultCapacity];
    private readonly bool[] _passes = new bool[Chunk<T>.DefaultCapacity];

    public override void Process(Chunk<T> chunk, WorkerContext context)
    {
        var at = 0;
        while (at < chunk.Count)
        {
            try
            {
                for (; at < chunk.Count; at++) Judge(chunk, at, context);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                _passes[at] = false;
                context.UserFault(chunk, at++, "deduplicate", error);
            }
        }

        operation.Sample.Note(_keys, chunk.Count);
        for (var shard = 0; shard < operation.Shards.Length; shard++) Ask(chunk, shard);
        Pass(chunk);
        if (_output.Count > 0) next.Process(_output, context);
    }

    public override void Flush() => next.Flush();

    public override void Barrier() => next.Barrier();

    public override void Dispose() => next.Dispose();

    private void Judge(Chunk<T> chunk, int row, WorkerContext context)
    {
        _passes[row] = true;
        _keys[row] = key(chunk.Items[row]);
        _hashes[row] = KeyHash.Of(_keys[row]);
        if (!IsLate(chunk.Times[row], context.LatestJudgement) || !IsLate(chunk.Times[row], context.JudgementOf(chunk.Ordinals[row]))) return;
        _passes[row] = false;
        operation.CountLate();
        context.Late(chunk, row, null);
    }

    private bool IsLate(long time, long judgement) => operation.IsLate(time, Watermarks.Minus(judgement, operation.InputDelay));

    private void Ask(Chunk<T> chunk, int index)
    {
        var shard = operation.Shards[index];
        lock (shard.Gate)
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                if (_passes[row] && operation.ShardOf(_hashes[row]) == index) _passes[row] = shard.Passes(_keys[row], _hashes[row], chunk.Times[row]);
            }
        }
    }

    private void Pass(Chunk<T> chunk)
    {
        _output.Count = 0;
        for (var row = 0; row < chunk.Count; row++)
        {
            if (!_passes[row]) continue;
            var to = _output.Count++;
            _output.Items[to] = chunk.Items[row];
            _output.Times[to] = chunk.Times[row];
            _output.Ordinals[to] = chunk.Ordinals[row];
        }
    }
}
