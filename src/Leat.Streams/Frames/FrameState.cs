using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Joins;
using Leat.Streams.Kernels;

namespace Leat.Streams.Frames;

/// <summary>The aggregates of each key's frame. They follow from the rows, so they are not saved: after a restart, or when texts of rows that left fill the memory, they are built again.</summary>
internal sealed class FrameState<T>(string name, ImmutableArray<Aggregate<T>> aggregates) : KeyState(name)
{
    private const long LeastGarbage = 1 << 20;
    private const int BytesAColumn = 16;
    private readonly RowBatch<T> _entering = new(aggregates);
    private readonly RowBatch<T> _leaving = new(aggregates);
    private FrameColumns<T> _columns = new(aggregates);
    private bool[] _isBuilt = [];
    private long _builtBytes;

    /// <summary>Results over the frame that was read last.</summary>
    public ImmutableArray<AggregateColumn> Results => _columns.Results;

    /// <summary>Calls the selectors of a row, which may throw.</summary>
    public void Check(T row, long time) => _entering.Take(row, time);

    /// <summary>Before anything is asked of the key: its frame as it was left.</summary>
    public void Open(ReadOnlySpan<Held<T>> rows, (int First, int End) frame)
    {
        _entering.Forget();
        _leaving.Forget();
        if (_isBuilt[Cursor.Row]) return;
        var before = _columns.ArenaBytes;
        _columns.Reset(Cursor.Row);
        for (var at = frame.First; at < frame.End; at++) _columns.Add(Cursor.Row, _entering.Columns, _entering.Find(rows, at, frame.End));
        _builtBytes += _columns.ArenaBytes - before;
        _isBuilt[Cursor.Row] = true;
        _entering.Forget();
    }

    /// <summary>The row behind the frame comes in.</summary>
    /// <param name="rows">All rows of the key.</param>
    /// <param name="index">The row.</param>
    /// <param name="end">Rows up to here will come in soon.</param>
    public void Enter(ReadOnlySpan<Held<T>> rows, int index, int end) => _columns.Add(Cursor.Row, _entering.Columns, _entering.Find(rows, index, end));

    /// <summary>The oldest row of the frame leaves.</summary>
    public void Leave(ReadOnlySpan<Held<T>> rows, (int First, int End) frame) => _columns.RemoveOldest(Cursor.Row, rows, frame, _leaving);

    /// <summary>Makes <see cref="Results"/> those of the key's frame.</summary>
    public void Read() => _columns.Read(Cursor.Row);

    internal override string Kind => "frame";

    internal override string ValueSignature => "";

    internal override long SizeBytes => _columns.SizeBytes + _isBuilt.LongLength;

    internal override int RowBytes => 1 + (BytesAColumn * aggregates.Length);

    internal override long HeldBytes => _columns.ArenaBytes;

    internal override bool CanRead(string valueSignature) => true;

    internal override void Reserve(int capacity)
    {
        if (_isBuilt.Length < capacity) Array.Resize(ref _isBuilt, capacity);
        _columns.Reserve(capacity);
    }

    internal override bool IsEmpty(int row) => true;

    internal override void Clear(int row)
    {
        if (!_isBuilt[row]) return;
        _columns.Reset(row);
        _isBuilt[row] = false;
    }

    internal override void Write(int row, StateWriter writer)
    {
    }

    internal override void Load(int row, StateReader reader, string valueSignature)
    {
    }

    internal override void Compact(bool always)
    {
        if (always ? _columns.ArenaBytes == 0 : _columns.ArenaBytes <= LeastGarbage + (2 * _builtBytes)) return;
        _columns.Dispose();
        _columns = new FrameColumns<T>(aggregates);
        _columns.Reserve(_isBuilt.Length);
        Array.Clear(_isBuilt);
        _builtBytes = 0;
    }

    internal override void Free()
    {
        _columns.Dispose();
        _entering.Dispose();
        _leaving.Dispose();
    }
}
