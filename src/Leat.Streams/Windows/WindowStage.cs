using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Execution;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;

namespace Leat.Streams.Windows;

/// <summary>A worker's side of a window: rows are grouped and pre-aggregated locally, and merged into the store at each flush.</summary>
internal sealed class WindowStage<TKey, T> : Stage<T>
{
    private const int MaxLocalRows = 64 * 1024;
    private readonly WindowOperator<TKey, T> _operator;
    private readonly WindowSettings _settings;
    private readonly GroupTable<TKey> _local;
    private readonly ImmutableArray<AggregateColumn> _columns;
    private readonly ImmutableArray<AggregateInput<T>> _inputs;
    private readonly TKey[] _keys = new TKey[Chunk<T>.DefaultCapacity];
    private readonly int[] _rows = new int[Chunk<T>.DefaultCapacity];
    private readonly List<int> _faulty = [];

    public WindowStage(WindowOperator<TKey, T> window)
    {
        _operator = window;
        _settings = window.Store.Settings;
        _local = new GroupTable<TKey>(window.Store.Shape);
        _columns = [.. window.Aggregates.Select(a => a.CreateColumn(_local.Arena))];
        _inputs = [.. window.Aggregates.Select(a => a.CreateInput(Chunk<T>.DefaultCapacity))];
        foreach (var column in _columns) column.Reserve(_local.Capacity);
    }

    public override void Process(Chunk<T> chunk, WorkerContext context)
    {
        _faulty.Clear();
        TakeKeys(chunk, context);
        foreach (var input in _inputs) TakeValues(input, chunk, context);
        var capacity = _local.Capacity;
        if (_faulty.Count == 0 && _settings.IsTumbling) Locate(chunk, context);
        else LocateSound(chunk, context);
        if (_local.Capacity != capacity)
            foreach (var column in _columns) column.Reserve(_local.Capacity);
        for (var i = 0; i < _columns.Length; i++) _columns[i].Accumulate(_inputs[i].Values, _rows, chunk.Count);
        if (_local.Count >= MaxLocalRows) Flush();
    }

    public override void Flush()
    {
        if (_local.Count == 0) return;
        _operator.Store.Merge(_local, _columns);
        foreach (var column in _columns) column.Clear(_local.Count);
        _local.Clear();
    }

    public override void Dispose() => _local.Dispose();

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
                input.Extract(chunk.Items, chunk.Count);
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
        context.UserFault(chunk.Ordinals[index], operation, error);
    }

    private void Locate(Chunk<T> chunk, WorkerContext context)
    {
        var size = (ulong)_settings.Size;
        var untilFinal = _settings.Size + _settings.Lateness;
        var start = long.MinValue / 2;
        for (var i = 0; i < chunk.Count; i++)
        {
            var time = chunk.Times[i];
            if ((ulong)(time - start) >= size) start = _settings.SliceOf(time);
            if (start + untilFinal <= context.LatestJudgement && IsLate(chunk, i, start, context)) continue;
            var key = _keys[i];
            _rows[i] = _local.FindOrAdd(key, KeyHash.Of(key), start);
        }
    }

    /// <summary>As <see cref="Locate"/> for any kind of window, leaving out the rows whose user code threw.</summary>
    private void LocateSound(Chunk<T> chunk, WorkerContext context)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            _rows[i] = -1;
            if (_faulty.Contains(i)) continue;
            var id = _settings.SliceOf(chunk.Times[i]);
            var last = _settings.LastOf(id);
            if (_settings.IsFinal(_settings.FirstOf(id), context.LatestJudgement))
            {
                if (IsLate(chunk, i, last, context)) continue;
                id += _settings.FinalAt(id, context.JudgementOf(chunk.Ordinals[i]));
            }

            _rows[i] = _local.FindOrAdd(_keys[i], KeyHash.Of(_keys[i]), id);
        }
    }

    /// <param name="chunk">Rows.</param>
    /// <param name="index">The row.</param>
    /// <param name="last">Last window the row belongs to.</param>
    /// <param name="context">Of the worker.</param>
    private bool IsLate(Chunk<T> chunk, int index, long last, WorkerContext context)
    {
        if (!_settings.IsFinal(last, context.JudgementOf(chunk.Ordinals[index]))) return false;
        _rows[index] = -1;
        context.Late(chunk.Ordinals[index], _operator.LateTopic);
        return true;
    }
}
