using Leat.Streams.Kernels;

namespace Leat.Streams.State;

/// <summary>Points in time by row, each once, earliest first. A heap whose entries know their place, chained by row, so that a row's timers can be listed and cancelled. One thread.</summary>
internal sealed class TimerQueue
{
    private const int None = -1;
    private int[] _heap = [];
    private readonly Pages<Entry> _entries = new();
    private readonly Pages<int> _firstOfRow = new();
    private int _count;
    private int _top;
    private int _free = None;

    /// <summary>Timers set.</summary>
    public int Count => _count;

    public long SizeBytes => (_heap.LongLength * 4) + _entries.SizeBytes + _firstOfRow.SizeBytes;

    /// <summary>Earliest time; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Earliest => _count == 0 ? long.MaxValue : _entries[_heap[0]].Time;

    /// <summary>Whose the earliest timer is; only when there is one.</summary>
    public int EarliestRow => _entries[_heap[0]].Row;

    /// <summary>Earliest time of the row; <see cref="long.MaxValue"/> when it has none.</summary>
    public long EarliestOf(int row)
    {
        var earliest = long.MaxValue;
        for (var entry = FirstOf(row); entry != None; entry = _entries[entry].Next) earliest = Math.Min(earliest, _entries[entry].Time);
        return earliest;
    }

    public bool Has(int row) => row < _firstOfRow.Capacity && _firstOfRow[row] > 0;

    /// <summary>False: the row has this timer already.</summary>
    public bool Set(int row, long time)
    {
        if (Find(row, time) != None) return false;
        if (row >= _firstOfRow.Capacity) _firstOfRow.Reserve(Math.Max(row + 1, Pages<int>.Next(_firstOfRow.Capacity)));
        var entry = Take();
        var first = _firstOfRow[row] - 1;
        _entries[entry] = new Entry { Time = time, Row = row, Next = first, Previous = None };
        if (first != None) _entries[first].Previous = entry;
        _firstOfRow[row] = entry + 1;
        if (_count == _heap.Length) Array.Resize(ref _heap, Math.Max(16, _heap.Length * 2));
        Rise(_count++, entry);
        return true;
    }

    /// <summary>False: there is no such timer.</summary>
    public bool Cancel(int row, long time)
    {
        var entry = Find(row, time);
        if (entry == None) return false;
        Remove(entry);
        return true;
    }

    public void CancelAll(int row)
    {
        while (Has(row)) Remove(_firstOfRow[row] - 1);
    }

    /// <summary>Removes and returns the earliest timer.</summary>
    public (int Row, long Time) Pop()
    {
        var entry = _heap[0];
        var due = (_entries[entry].Row, _entries[entry].Time);
        Remove(entry);
        return due;
    }

    /// <summary>Times of one row, in no order.</summary>
    public IEnumerable<long> TimesOf(int row)
    {
        for (var entry = FirstOf(row); entry != None; entry = _entries[entry].Next) yield return _entries[entry].Time;
    }

    /// <summary>How many timers the row has, and their times in no order.</summary>
    public void Write(int row, StateWriter writer)
    {
        var count = 0;
        for (var entry = FirstOf(row); entry != None; entry = _entries[entry].Next) count++;
        writer.Number(count);
        for (var entry = FirstOf(row); entry != None; entry = _entries[entry].Next) writer.Number(_entries[entry].Time);
    }

    private int FirstOf(int row) => row < _firstOfRow.Capacity ? _firstOfRow[row] - 1 : None;

    private int Find(int row, long time)
    {
        var entry = FirstOf(row);
        while (entry != None && _entries[entry].Time != time) entry = _entries[entry].Next;
        return entry;
    }

    private int Take()
    {
        if (_free != None)
        {
            var entry = _free;
            _free = _entries[entry].Next;
            return entry;
        }

        if (_top == _entries.Capacity) _entries.Reserve(Pages<Entry>.Next(_top));
        return _top++;
    }

    private void Remove(int entry)
    {
        ref var gone = ref _entries[entry];
        if (gone.Previous != None) _entries[gone.Previous].Next = gone.Next;
        else _firstOfRow[gone.Row] = gone.Next + 1;
        if (gone.Next != None) _entries[gone.Next].Previous = gone.Previous;
        var place = gone.Place;
        gone.Next = _free;
        _free = entry;
        var last = _heap[--_count];
        if (last == entry) return;
        Rise(place, last);
        Sink(_entries[last].Place, last);
    }

    private void Rise(int place, int entry)
    {
        while (place > 0)
        {
            var parent = (place - 1) / 2;
            if (!IsBefore(entry, _heap[parent])) break;
            Put(place, _heap[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void Sink(int place, int entry)
    {
        for (var child = (2 * place) + 1; child < _count; child = (2 * place) + 1)
        {
            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child])) child++;
            if (!IsBefore(_heap[child], entry)) break;
            Put(place, _heap[child]);
            place = child;
        }

        Put(place, entry);
    }

    private void Put(int place, int entry)
    {
        _heap[place] = entry;
        _entries[entry].Place = place;
    }

    private bool IsBefore(int a, int b) => _entries[a].Time != _entries[b].Time ? _entries[a].Time < _entries[b].Time : _entries[a].Row < _entries[b].Row;

    private struct Entry
    {
        public long Time;
        public int Row;
        public int Next;
        public int Previous;
        public int Place;
    }
}
