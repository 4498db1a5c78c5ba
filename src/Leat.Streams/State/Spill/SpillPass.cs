using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.State.Spill;

/// <summary>Goes through the keys that are on disk, the newest entry of each, while others are added and brought back. What is in memory, or is gone, when the pass comes to it is left out.</summary>
internal sealed class SpillPass<TKey> : IDisposable
{
    private readonly SpilledKeys<TKey> _spilled;
    private readonly KeyRows<TKey> _rows;
    private readonly List<SpillRun> _runs;
    private readonly TextArena _texts = new();
    private SpillReader? _reader;
    private int _run = -1;

    public SpillPass(SpilledKeys<TKey> spilled, KeyRows<TKey> rows)
    {
        (_spilled, _rows, _runs) = (spilled, rows, [.. spilled.Runs]);
        _spilled.IsPinned = true;
    }

    /// <summary>Writes the next keys as <paramref name="write"/> does; looks at so many entries at most.</summary>
    /// <returns>False: the pass is over.</returns>
    public bool Write(int entries, Action<ReadOnlyMemory<byte>> write)
    {
        for (; entries > 0; entries--)
        {
            if (_reader is not null && _reader.TryRead(out var entry))
            {
                if (Counts(entry)) write(entry.Bytes);
                continue;
            }

            _reader?.Dispose();
            _reader = null;
            if (++_run >= _runs.Count) return false;
            _reader = _runs[_run].ReadAll();
        }

        return true;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _texts.Dispose();
        _spilled.IsPinned = false;
        _spilled.Merge();
    }

    private bool Counts(SpillEntry entry)
    {
        if (entry.IsGone) return false;
        _texts.Reset();
        var key = _rows.Shape.Read(new StateReader(entry.Bytes), _texts);
        return _rows.Find(key, (int)entry.Hash) < 0 && !_spilled.IsGone(key) && !_spilled.HasNewer(key, entry.Hash, _runs[_run]);
    }
}
