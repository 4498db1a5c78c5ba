using System.Runtime.CompilerServices;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Exact count of distinct values: a set a row, until the row is final. A checkpoint saves only the values that are new since the one before.</summary>
internal sealed class DistinctColumn<TValue>(KeyShape<TValue> shape, TextArena arena) : AggregateColumn
{
    private const long SetEntryBytes = 16;
    private HashSet<TValue>?[] _sets = [];
    private List<TValue>?[] _unsaved = [];
    private long[] _final = [];

    public override long SizeOf(int row) => (3 * sizeof(long)) + ((_sets[row]?.Count ?? 0) * (Unsafe.SizeOf<TValue>() + SetEntryBytes));

    public override void Reserve(int capacity)
    {
        if (_sets.Length >= capacity) return;
        Array.Resize(ref _sets, capacity);
        Array.Resize(ref _unsaved, capacity);
        Array.Resize(ref _final, capacity);
    }

    public override void Accumulate(object? input, int[] rows, int count)
    {
        var values = (InputValues<TValue>)input!;
        for (var i = 0; i < count; i++)
            if (rows[i] >= 0 && values.IsThere(i)) Add(rows[i], values.Items[i]);
    }

    /// <summary>The values of a row that is not final; null where it has none.</summary>
    public HashSet<TValue>? Values(int row) => _sets[row];

    /// <summary>The row has its result.</summary>
    public void Finish(int row, long count) => _final[row] = count;

    public override void Merge(int row, AggregateColumn from, int fromRow)
    {
        var other = (DistinctColumn<TValue>)from;
        if (other._final[fromRow] > 0) _final[row] = other._final[fromRow]; // a sealed row is copied, never added to another
        if (other._sets[fromRow] is not { } added) return;
        foreach (var value in added) Add(row, value);
    }

    public override object? Read(int row) => _sets[row]?.Count ?? _final[row];

    public override void Write(int row, StateWriter writer, bool whole)
    {
        var values = whole ? _sets[row] : (IReadOnlyCollection<TValue>?)_unsaved[row];
        writer.Number(_final[row]);
        writer.Number(values?.Count ?? 0);
        foreach (var value in values ?? []) shape.Write(value, writer);
        _unsaved[row] = null;
    }

    public override void Load(int row, StateReader reader)
    {
        _final[row] = reader.Number();
        for (var left = reader.Number(); left > 0; left--) Add(row, shape.Read(reader, arena));
        _unsaved[row] = null;
        if (_final[row] > 0) _sets[row] = null;
    }

    public override void Seal(int row)
    {
        _final[row] = _sets[row]?.Count ?? _final[row];
        _sets[row] = null;
        _unsaved[row] = null;
    }

    public override void Reset(int row)
    {
        _sets[row] = null;
        _unsaved[row] = null;
        _final[row] = 0;
    }

    public override void Clear(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _sets[i]?.Clear();
            _unsaved[i]?.Clear();
        }
    }

    private void Add(int row, TValue value)
    {
        var set = _sets[row] ??= [];
        if (set.Contains(value)) return;
        var kept = shape.Copy is null ? value : shape.Copy(value, arena);
        set.Add(kept);
        (_unsaved[row] ??= []).Add(kept);
    }
}
