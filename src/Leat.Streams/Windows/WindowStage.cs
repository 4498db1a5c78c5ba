using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Execution;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Windows;

/// <summary>A worker's side of a window: rows are grouped and pre-aggregated locally, and merged into the store at each flush.</summary>
internal abstract class WindowStage<TKey, T> : Stage<T>
{
    private const int MaxLocalRows = 64 * 1024;
    private readonly WindowOperator<TKey, T> _operator;
    private readonly GroupTable<TKey> _local;
    private readonly ImmutableArray<AggregateColumn> _columns;
    private readonly ImmutableArray<AggregateInput<T>> _inputs;
    private readonly TKey[] _keys = new TKey[Chunk<T>.DefaultCapacity];
    private readonly int[] _rows = new int[Chunk<T>.DefaultCapacity];
    private readonly List<int> _faulty = [];
    private readonly bool _isKeyed;

    protected WindowStage(WindowOperator<TKey, T> window)
    {
        _operator = window;
        _isKeyed = window.Store.Shape.Columns.Length > 0;
        _local = new GroupTable<TKey>(window.Store.Shape);
        _columns = [.. window.Aggregates.Select(a => a.CreateColumn(_local.Arena))];
        _inputs = [.. window.Aggregates.Select(a => a.CreateInput(Chunk<T>.DefaultCapacity))];
        foreach (var column in _columns) column.Reserve(_local.Capacity);
    }

    public override void Process(Chunk<T> chunk, WorkerContext context)
    {
        _faulty.Clear();
        TakeKeys(chunk, context);
        if (_isKeyed) _operator.Sample.Note(_keys, chunk.Count);
        foreach (var input in _inputs) TakeValues(input, chunk, context);
        var capacity = _local.Capacity;
        Locate(chunk, context);
        if (_local.Capacity != capacity)
            foreach (var column in _columns) column.Reserve(_local.Capacity);
        for (var i = 0; i < _columns.Length; i++) _columns[i].Accumulate(_inputs[i].Values, _inputs[i].Targets(_rows, chunk.Count), chunk.Count);
        if (_local.Count >= MaxLocalRows) Flush();
    }

    public override void Flush()
    {
        if (_local.Count == 0) return;
        Merge(_local, _columns);
        foreach (var column in _columns) column.Clear(_local.Count);
        _local.Clear();
    }

    public override void Dispose() => _local.Dispose();

    /// <summary>Whether user code threw for some rows of the chunk.</summary>
    protected bool HasFaults => _faulty.Count > 0;

    /// <summary>Finds the local row of each row of the chunk, or <see cref="Skip"/>s it.</summary>
    protected abstract void Locate(Chunk<T> chunk, WorkerContext context);

    /// <summary>Hands the local rows to the store.</summary>
    protected abstract void Merge(GroupTable<TKey> local, ImmutableArray<AggregateColumn> columns);

    protected bool IsFaulty(int index) => _faulty.Contains(index);

    /// <summary>The row counts in the group of its key and <paramref name="id"/>.</summary>
    /// <returns>Local row.</returns>
    protected int Take(int index, long id) => _rows[index] = _local.FindOrAdd(_keys[index], KeyHash.Of(_keys[index]), id);

    /// <summary>No row of the chunk is judged with more than this.</summary>
    protected long LatestJudgement(WorkerContext context) => Watermarks.Minus(context.LatestJudgement, _operator.InputDelay);

    /// <summary>Watermark that a row of the chunk is judged with.</summary>
    protected long JudgementOf(Chunk<T> chunk, int index, WorkerContext context) => Watermarks.Minus(context.JudgementOf(chunk.Ordinals[index]), _operator.InputDelay);

    protected void Skip(int index) => _rows[index] = -1;

    /// <summary>The row came after all its windows were final.</summary>
    protected void Late(Chunk<T> chunk, int index, WorkerContext context)
    {
        Skip(index);
        _operator.CountLate();
        context.Late(chunk, index, _operator.LateTopic);
    }

    private void TakeKeys(Chunk<T> chunk, WorkerContext context)
    {
        var key = _operator.Key;
        var at = 0;
        while (at < chunk.Count)
        {
            try
            {
                for (; at < chunk.Count; at++) _keys[at] = key(chunk.Items[at]);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Fault(chunk, at++, "key", error, context);
            }
        }
    }

    private void TakeValues(AggregateInput<T> input, Chunk<T> chunk, WorkerContext context)
    {
        input.Position = 0;
        while (input.Position < chunk.Count)
        {
            try
            {
                input.Extract(chunk, chunk.Count);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Fault(chunk, input.Position++, "aggregate", error, context);
            }
        }
    }

    private void Fault(Chunk<T> chunk, int index, string operation, Exception error, WorkerContext context)
    {
        if (_faulty.Contains(index)) return;
        _faulty.Add(index);
        context.UserFault(chunk, index, operation, error);
    }
}
