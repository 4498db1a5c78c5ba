using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Joins;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;

namespace Leat.Streams.Frames;

/// <summary>A few rows of one key, and for each of them the state of all aggregates over it alone. Nothing is allocated a row.</summary>
internal sealed class RowBatch<T> : IDisposable
{
    /// <summary>Most rows.</summary>
    public const int Capacity = 64;

    private static readonly int[] Identity = [.. Enumerable.Range(0, Capacity)];
    private readonly Chunk<T> _chunk = new(Capacity);
    private readonly TextArena _arena = new();
    private readonly ImmutableArray<AggregateInput<T>> _inputs;
    private int _first;

    public RowBatch(ImmutableArray<Aggregate<T>> aggregates)
    {
        _inputs = [.. aggregates.Select(a => a.CreateInput(Capacity))];
        Columns = [.. aggregates.Select(a => a.CreateColumn(_arena))];
        foreach (var column in Columns) column.Reserve(Capacity);
    }

    /// <summary>A row of a column is the state of one row of the batch.</summary>
    public ImmutableArray<AggregateColumn> Columns { get; }

    /// <summary>Of one row alone, whose selectors may throw.</summary>
    public void Take(T row, long time)
    {
        Forget();
        (_chunk.Items[0], _chunk.Times[0], _chunk.Count) = (row, time, 1);
        try
        {
            Accumulate();
        }
        catch
        {
            _chunk.Count = 0;
            throw;
        }
    }

    /// <summary>Makes the row at <paramref name="index"/> be in the batch, with those after it where there is room.</summary>
    /// <param name="rows">All rows of the key.</param>
    /// <param name="index">Place in <paramref name="rows"/>.</param>
    /// <param name="end">No row from here on is asked for.</param>
    /// <returns>Its row in <see cref="Columns"/>.</returns>
    public int Find(ReadOnlySpan<Held<T>> rows, int index, int end)
    {
        if (index < _first || index >= _first + _chunk.Count) Fill(rows, index, Math.Min(end, index + Capacity));
        return index - _first;
    }

    /// <summary>The next rows are of another key, or at other places.</summary>
    public void Forget()
    {
        if (_chunk.Count == 0) return;
        foreach (var column in Columns) column.Clear(_chunk.Count);
        _arena.Reset();
        _chunk.Count = 0;
    }

    public void Dispose() => _arena.Dispose();

    private void Fill(ReadOnlySpan<Held<T>> rows, int from, int to)
    {
        Forget();
        _first = from;
        foreach (ref readonly var held in rows[from..to])
        {
            _chunk.Items[_chunk.Count] = held.Row;
            _chunk.Times[_chunk.Count++] = held.Time;
        }

        Accumulate();
    }

    private void Accumulate()
    {
        foreach (var input in _inputs)
        {
            input.Position = 0;
            input.Extract(_chunk, _chunk.Count);
        }

        for (var i = 0; i < Columns.Length; i++) Columns[i].Accumulate(_inputs[i].Values, _inputs[i].Targets(Identity, _chunk.Count), _chunk.Count);
    }
}
