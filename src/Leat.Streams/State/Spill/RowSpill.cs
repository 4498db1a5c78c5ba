using Leat.Streams.Kernels;

namespace Leat.Streams.State.Spill;

/// <summary>Moves rows of one part of the keys to disk while the job's state is over its budget, those first that were not looked at for a while, and back when they are wanted. One thread.</summary>
internal sealed class RowSpill<TKey> : IDisposable
{
    private const int BatchBytes = 32 << 20;
    private readonly KeyRows<TKey> _rows;
    private readonly RowCapture<TKey> _capture;
    private readonly StateBudget _budget;
    private readonly SpillFolder _folder;
    private readonly SpillBatch _batch = new();
    private readonly List<(long Time, uint Hash)> _eventWakes = [];
    private readonly List<(long Time, uint Hash)> _clockWakes = [];
    private int _hand;
    private long _told;

    public RowSpill(KeyRows<TKey> rows, RowCapture<TKey> capture, StateBudget budget, SpillFolder folder)
    {
        (_rows, _capture, _budget, _folder) = (rows, capture, budget, folder);
        Keys = new SpilledKeys<TKey>(rows.Shape, folder);
        (EventWakes, ClockWakes) = (new WakeList(folder), new WakeList(folder));
        budget.Join();
    }

    public SpilledKeys<TKey> Keys { get; }

    /// <summary>When rows on disk have timers of event time, or die.</summary>
    public WakeList EventWakes { get; }

    /// <summary>When rows on disk have timers of the clock.</summary>
    public WakeList ClockWakes { get; }

    /// <summary>Bytes on disk.</summary>
    public long Length => Keys.Length + EventWakes.Length + ClockWakes.Length;

    /// <summary>The key has just got an empty row: its state comes back where it has one on disk.</summary>
    public void BringBack(TKey key, int hash, int row)
    {
        try
        {
            if (Keys.Find(key, hash) is { } state) Load(key, row, state);
            else Keys.Revive(key);
        }
        catch (IOException error)
        {
            throw _folder.Failed(error);
        }
    }

    /// <summary>Brings the keys back that the earliest entry of a wake list stands for.</summary>
    /// <param name="wakes">One of the two.</param>
    /// <param name="back">Gets each row.</param>
    public void Wake(WakeList wakes, Action<int> back)
    {
        try
        {
            WakeCore(wakes.Pop(), back);
        }
        catch (IOException error)
        {
            throw _folder.Failed(error);
        }
    }

    /// <summary>Puts rows on disk while the state is over its budget. Only when nothing emitted is on its way: it may point into them.</summary>
    /// <param name="due">Rows with timers up to this time, or that die then, stay.</param>
    public void GiveWay(long due)
    {
        Tell();
        while (_budget.Excess(_told) is > 0 and var excess)
        {
            if (!TryEvict(excess, due)) return;
            _rows.Compact(always: true);
            Tell();
        }
    }

    public void Dispose()
    {
        _budget.Add(-_told);
        Keys.Dispose();
        EventWakes.Dispose();
        ClockWakes.Dispose();
    }

    private void WakeCore(uint hash, Action<int> back)
    {
        foreach (var (key, state) in Keys.FindAll(hash))
        {
            if (_rows.Find(key, (int)hash) >= 0) continue;
            var row = _rows.FindOrAdd(key, (int)hash);
            Load(key, row, state);
            back(row);
        }
    }

    private void Tell()
    {
        var held = _rows.HeldBytes;
        if (held == _told) return;
        _budget.Add(held - _told);
        _told = held;
    }

    private void Load(TKey key, int row, StateReader state)
    {
        _rows.Load(row, state, null);
        _rows.Changes.Touch(row);
        _capture.BroughtBack(row);
        Keys.Revive(key);
    }

    /// <summary>One run of rows, by a hand that goes round and spares once what was looked at.</summary>
    /// <returns>False: none may leave.</returns>
    private bool TryEvict(long excess, long due)
    {
        var bytesARow = Math.Max(1, _told / Math.Max(1, _rows.Count));
        _batch.Clear();
        for (var steps = 2L * _rows.Top; steps > 0 && _batch.Count * bytesARow < excess && _batch.Writer.Length < BatchBytes; steps--)
        {
            if (_hand >= _rows.Top) _hand = 0;
            var row = _hand++;
            if (_rows.IsEmpty(row) || !MayLeave(row) || _rows.Changes.TakeTouched(row)) continue;
            Evict(row, due);
        }

        if (_batch.Count == 0) return false;
        try
        {
            Write();
            return true;
        }
        catch (IOException error)
        {
            throw _folder.Failed(error);
        }
    }

    private void Write()
    {
        EventWakes.Add(_eventWakes);
        ClockWakes.Add(_clockWakes);
        _eventWakes.Clear();
        _clockWakes.Clear();
        Keys.Add(_batch);
        _batch.Clear();
    }

    /// <summary>What changed since the last checkpoint stays: the next one has to write it.</summary>
    private bool MayLeave(int row) => _rows.Changes.IsClean(row) || _rows.Changes.IsCaptured(row);

    private void Evict(int row, long due)
    {
        var wake = Math.Min(_rows.EventTimers.EarliestOf(row), _rows.EndOf(row));
        if (wake <= due) return;
        var (hash, clock) = ((uint)_rows.Hash(row), _rows.ClockTimers.EarliestOf(row));
        _capture.Keep(row);
        var start = _batch.Writer.Length;
        _rows.Write(row, _batch.Writer);
        _batch.Close(hash, start, isGone: false);
        _capture.Leaving(_batch.Writer.Written.Span[start..]);
        if (wake < long.MaxValue) _eventWakes.Add((wake, hash));
        if (clock < long.MaxValue) _clockWakes.Add((clock, hash));
        _rows.Remove(row);
    }
}
