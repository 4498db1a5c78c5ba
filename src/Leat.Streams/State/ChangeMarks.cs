namespace Leat.Streams.State;

/// <summary>Which rows changed since the last capture, and which were captured and are not written yet. A row that is about to change must not be <see cref="IsCaptured"/>: its owner writes it first. One thread.</summary>
internal sealed class ChangeMarks
{
    private const byte Clean = 0;
    private const byte Change = 3;
    private const byte Used = 4;
    private byte[] _marks = [];
    private List<int> _changed = [];
    private List<int> _captured = [];
    private int _next;
    private byte _now = 1;

    public long SizeBytes => _marks.LongLength + ((long)(_changed.Capacity + _captured.Capacity) * sizeof(int));

    /// <summary>Rows of the capture that were looked at or not, at least.</summary>
    public int Captured => _captured.Count - _next;

    private byte Before => (byte)(3 - _now);

    /// <summary>Whether the row has to be written for the last capture.</summary>
    public bool IsCaptured(int row) => (_marks[row] & Change) == Before;

    /// <summary>Whether the last capture that was written has the row as it is.</summary>
    public bool IsClean(int row) => (_marks[row] & Change) == Clean;

    public void Reserve(int capacity)
    {
        if (_marks.Length < capacity) Array.Resize(ref _marks, Math.Max(capacity, _marks.Length * 2));
    }

    public void Mark(int row)
    {
        if ((_marks[row] & Change) == _now) return;
        _marks[row] = (byte)((_marks[row] & ~Change) | _now);
        _changed.Add(row);
    }

    /// <summary>The row was looked at.</summary>
    public void Touch(int row) => _marks[row] |= Used;

    /// <summary>Whether the row was looked at since the last call for it.</summary>
    public bool TakeTouched(int row)
    {
        var touched = (_marks[row] & Used) != 0;
        _marks[row] = (byte)(_marks[row] & ~Used);
        return touched;
    }

    /// <summary>The row is written, or gone.</summary>
    public void Clear(int row) => _marks[row] = (byte)(_marks[row] & ~Change);

    /// <summary>All that changed has to be written; what changes from now on is for the next capture. The last one must be written.</summary>
    public void Capture()
    {
        if (_next < _captured.Count) throw new InvalidOperationException($"{_captured.Count - _next} captured rows are not written yet");
        _captured.Clear();
        _next = 0;
        (_changed, _captured) = (_captured, _changed);
        _now = Before;
    }

    /// <summary>The next captured row; it counts as written from now on. False: there is none.</summary>
    public bool TryTake(out int row)
    {
        while (_next < _captured.Count)
        {
            row = _captured[_next++];
            if (!IsCaptured(row)) continue; // written before it changed again, or gone
            Clear(row);
            return true;
        }

        row = -1;
        return false;
    }

    /// <summary>As if nothing had ever changed.</summary>
    public void Forget()
    {
        foreach (var row in _changed) Clear(row);
        foreach (var row in _captured) Clear(row);
        _changed.Clear();
        _captured.Clear();
        _next = 0;
    }
}
