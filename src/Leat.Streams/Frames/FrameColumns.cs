using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Joins;
using Leat.Streams.Kernels;

namespace Leat.Streams.Frames;

/// <summary>Aggregates over the frames of all keys of a shard: by taking away what leaves where that is exact, else as two stacks.</summary>
internal sealed class FrameColumns<T> : IDisposable
{
    private readonly TextArena _arena = new();
    private readonly ImmutableArray<int> _runningPlaces;
    private readonly ImmutableArray<int> _stackedPlaces;
    private readonly ImmutableArray<AggregateColumn> _running;
    private readonly StackedColumns<T> _stacked;
    private int _capacity;

    public FrameColumns(ImmutableArray<Aggregate<T>> aggregates)
    {
        _runningPlaces = [.. Enumerable.Range(0, aggregates.Length).Where(i => aggregates[i].CreateRunning is not null)];
        _stackedPlaces = [.. Enumerable.Range(0, aggregates.Length).Where(i => aggregates[i].CreateRunning is null)];
        _running = [.. _runningPlaces.Select(i => aggregates[i].CreateRunning!(_arena))];
        _stacked = new StackedColumns<T>([.. _stackedPlaces.Select(i => aggregates[i])], _arena);
        Placed = [.. aggregates.Select(a => new PlacedColumn(a.CreateColumn(_arena)))];
        Results = [.. Placed];
    }

    /// <summary>Results of the key that was read last.</summary>
    public ImmutableArray<AggregateColumn> Results { get; }

    public long ArenaBytes => _arena.SizeBytes;

    public long SizeBytes => _arena.SizeBytes + AggregateColumn.SizeOf(_running, _capacity) + _stacked.SizeBytes;

    private ImmutableArray<PlacedColumn> Placed { get; }

    public void Reserve(int keys)
    {
        _capacity = Math.Max(_capacity, keys);
        foreach (var column in _running) column.Reserve(keys);
        _stacked.Reserve(keys);
    }

    /// <summary>Adds the state of one row.</summary>
    public void Add(int key, ImmutableArray<AggregateColumn> rows, int row)
    {
        for (var i = 0; i < _running.Length; i++) _running[i].Merge(key, rows[_runningPlaces[i]], row);
        if (_stackedPlaces.Length > 0) _stacked.Add(key, rows, _stackedPlaces, row);
    }

    /// <summary>Takes the oldest row of the frame away.</summary>
    /// <param name="key">Row of the key.</param>
    /// <param name="rows">All rows of the key.</param>
    /// <param name="frame">Those in the frame.</param>
    /// <param name="leaving">For rows that leave.</param>
    public void RemoveOldest(int key, ReadOnlySpan<Held<T>> rows, (int First, int End) frame, RowBatch<T> leaving)
    {
        if (_running.Length > 0)
        {
            var row = leaving.Find(rows, frame.First, frame.End);
            for (var i = 0; i < _running.Length; i++) _running[i].Deduct(key, leaving.Columns[_runningPlaces[i]], row);
        }

        if (_stackedPlaces.Length > 0) _stacked.RemoveOldest(key, rows, frame.First..frame.End, leaving, _stackedPlaces);
    }

    /// <summary>Makes <see cref="Results"/> those of the key.</summary>
    public void Read(int key)
    {
        for (var i = 0; i < _running.Length; i++) Placed[_runningPlaces[i]].Set(_running[i], key);
        if (_stackedPlaces.Length > 0) _stacked.Read(key, Placed, _stackedPlaces);
    }

    public void Reset(int key)
    {
        foreach (var column in _running) column.Reset(key);
        _stacked.Reset(key);
    }

    public void Dispose() => _arena.Dispose();
}
