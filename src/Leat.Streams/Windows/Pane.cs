using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Windows;

/// <summary>One window's rows, or one slice's, in one shard. Guarded by the shard's lock.</summary>
internal sealed class Pane<TKey> : IDisposable
{
    private readonly List<int> _changed = [];
    private bool[] _isChanged = [];
    private long? _finalBytes;

    public Pane(long start, KeyShape<TKey> shape, Func<TextArena, ImmutableArray<AggregateColumn>> columns)
    {
        Start = start;
        Table = new GroupTable<TKey>(shape);
        Columns = columns(Table.Arena);
    }

    public long Start { get; }

    public GroupTable<TKey> Table { get; }

    public ImmutableArray<AggregateColumn> Columns { get; }

    /// <summary>No further record may change a row.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The pane left its store; its memory is freed.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Rows changed since the last checkpoint.</summary>
    public IReadOnlyList<int> Changed => _changed;

    /// <summary>Memory, in bytes; of sketches and sets estimated from a few rows.</summary>
    public long SizeBytes => IsFinal ? _finalBytes ??= Estimate() : Estimate();

    public int FindOrAdd(TKey key, int hash)
    {
        var row = Table.FindOrAdd(key, hash, Start);
        if (_isChanged.Length < Table.Capacity)
        {
            Array.Resize(ref _isChanged, Table.Capacity);
            foreach (var column in Columns) column.Reserve(Table.Capacity);
        }

        return row;
    }

    /// <summary>Adds a row of another table to the key's.</summary>
    public int Add(TKey key, int hash, ImmutableArray<AggregateColumn> from, int fromRow)
    {
        var row = FindOrAdd(key, hash);
        for (var i = 0; i < from.Length; i++) Columns[i].Merge(row, from[i], fromRow);
        return row;
    }

    public void MarkChanged(int row)
    {
        if (_isChanged[row]) return;
        _isChanged[row] = true;
        _changed.Add(row);
    }

    public void ForgetChanges()
    {
        foreach (var row in _changed) _isChanged[row] = false;
        _changed.Clear();
    }

    public void Close()
    {
        IsFinal = true;
        for (var row = 0; row < Table.Count; row++)
            foreach (var column in Columns) column.Seal(row);
    }

    public void Dispose()
    {
        IsGone = true;
        Table.Dispose();
    }

    private long Estimate() => Table.SizeBytes + _isChanged.LongLength + AggregateColumn.SizeOf(Columns, Table.Count);
}
