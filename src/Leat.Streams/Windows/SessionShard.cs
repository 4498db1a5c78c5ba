using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Windows;

/// <summary>The sessions of one part of the keys: slots in columns, chained by key, with a queue of when each is due. All under <see cref="Gate"/>.</summary>
internal sealed class SessionShard<TKey>(KeyShape<TKey> shape, SessionSettings settings, Func<TextArena, ImmutableArray<AggregateColumn>> newColumns) : IDisposable
{
    private const int FewKeys = 1024;
    private const long FewBytes = 16 << 20;
    private readonly Stack<int> _free = [];
    private readonly PriorityQueue<(int Slot, long Life), long> _due = new();
    private readonly PriorityQueue<(int Slot, long Life), long> _ends = new();
    private readonly List<(int Slot, long Life)> _ended = [];
    private readonly List<int> _changed = [];
    private readonly List<(TKey Key, long Start)> _gone = [];
    private GroupTable<TKey> _keys = new(shape);
    private ImmutableArray<AggregateColumn>? _columns;
    private int[] _heads = [];
    private Slot[] _slots = [];
    private int _used;
    private long _leastBytes;
    private long _lives;
    private long _endedTo = long.MinValue;
    private bool _tracksEnds;

    public Lock Gate { get; } = new();

    public ImmutableArray<AggregateColumn> Columns => _columns ??= newColumns(_keys.Arena);

    /// <summary>One set a subscription: sessions changed or gone since its last frame.</summary>
    public List<HashSet<(TKey Key, long Start)>> Listeners { get; } = [];

    /// <summary>Sessions changed since the last checkpoint, each once.</summary>
    public IEnumerable<int> Changed => _changed.Where(s => _slots[s].IsChanged).Distinct();

    /// <summary>Key and start of sessions that became part of others since the last checkpoint.</summary>
    public IReadOnlyList<(TKey Key, long Start)> Gone => _gone;

    /// <summary>Sessions held.</summary>
    public int Count => _used - _free.Count;

    /// <summary>Memory, in bytes; of sketches and sets estimated from a few sessions.</summary>
    public long SizeBytes => _keys.SizeBytes + (_heads.LongLength * sizeof(int)) + (_slots.LongLength * Unsafe.SizeOf<Slot>()) + AggregateColumn.SizeOf(Columns, _used);

    /// <summary>No session becomes final before; <see cref="long.MaxValue"/> where none does.</summary>
    public long EarliestDue => _due.TryPeek(out _, out var due) ? due : long.MaxValue;

    public TKey Key(int slot) => _keys.Key(_slots[slot].KeyRow);

    public SessionSpan Span(int slot) => _slots[slot].Span;

    /// <summary>Whether a checkpoint has not saved it under its present start.</summary>
    public bool IsNew(int slot) => _slots[slot].IsNew;

    public IEnumerable<int> Slots() => Enumerable.Range(0, _used).Where(s => _slots[s].Life > 0);

    public IEnumerable<int> SlotsOf(TKey key, int hash)
    {
        var keyRow = _keys.Find(key, hash, 0);
        if (keyRow < 0) yield break;
        for (var slot = _heads[keyRow]; slot >= 0; slot = _slots[slot].Next) yield return slot;
    }

    /// <summary>The session of the key that begins at <paramref name="start"/>, or -1.</summary>
    public int Find(TKey key, int hash, long start)
    {
        foreach (var slot in SlotsOf(key, hash))
            if (_slots[slot].Span.First == start) return slot;
        return -1;
    }

    /// <summary>Adds records that belong together: to the session they meet, to the one that joins all they meet, or as a new one.</summary>
    public void Merge(TKey key, int hash, SessionSpan span, (ImmutableArray<AggregateColumn> Columns, int Row) from)
    {
        var keyRow = KeyRowOf(key, hash);
        var target = -1;
        for (int slot = _heads[keyRow], next; slot >= 0; slot = next)
        {
            next = _slots[slot].Next;
            if (!Meets(_slots[slot], span)) continue;
            if (target < 0) target = slot;
            else Absorb(target, slot);
        }

        if (target < 0) target = New(keyRow, span);
        else Extend(target, span);
        for (var i = 0; i < Columns.Length; i++) Columns[i].Merge(target, from.Columns[i], from.Row);
        MarkChanged(target);
    }

    /// <summary>Closes what is final, and drops what is not kept.</summary>
    /// <param name="watermark">Of the job.</param>
    /// <param name="keep">How long a session stays after its end; null = not at all.</param>
    /// <param name="emit">Sees each session that is closed.</param>
    public void Advance(long watermark, long? keep, Action<int>? emit)
    {
        while (_due.TryPeek(out var entry, out var due) && due <= watermark)
        {
            _due.Dequeue();
            if (_slots[entry.Slot].Life != entry.Life) continue;
            var last = _slots[entry.Slot].Span.Last;
            if (!settings.IsFinal(last, watermark))
            {
                _due.Enqueue(entry, last + settings.Gap + settings.Lateness);
                continue;
            }

            if (!_slots[entry.Slot].IsFinal)
            {
                emit?.Invoke(entry.Slot);
                _slots[entry.Slot].IsFinal = true;
                foreach (var column in Columns) column.Seal(entry.Slot);
            }

            var goes = keep is null ? long.MinValue : last + settings.Gap + keep.Value;
            if (goes <= watermark) Drop(entry.Slot);
            else _due.Enqueue(entry, goes);
        }
    }

    /// <summary>From now on <see cref="Ended"/> gives sessions as they end.</summary>
    public void TrackEnds()
    {
        if (_tracksEnds) return;
        _tracksEnds = true;
        foreach (var slot in Slots()) NoteEnd(slot);
    }

    /// <summary>Sessions that end after <paramref name="from"/> and up to <paramref name="to"/>. Looks at none that ends later; may be asked again with the same times.</summary>
    public IEnumerable<int> Ended(long from, long to)
    {
        if (to > _endedTo) PopEnded(to);
        return _ended.Where(e => _slots[e.Slot].Life == e.Life && EndOf(e.Slot) > from && EndOf(e.Slot) <= to).Select(e => e.Slot);
    }

    public void ForgetChanges()
    {
        foreach (var slot in _changed) (_slots[slot].IsChanged, _slots[slot].IsNew) = (false, false);
        _changed.Clear();
        _gone.Clear();
        var isMostlyOld = _keys.Count > FewKeys && _keys.Count > 2 * (_used - _free.Count);
        if (isMostlyOld || _keys.Arena.SizeBytes > FewBytes + (2 * _leastBytes)) Rebuild();
    }

    /// <summary>While loading: the session is no more.</summary>
    public void Remove(TKey key, int hash, long start)
    {
        var slot = Find(key, hash, start);
        if (slot >= 0) Free(slot);
    }

    /// <summary>While loading: the slot of a saved session.</summary>
    public int Place(TKey key, int hash, SessionSpan span, bool isWhole)
    {
        var slot = Find(key, hash, span.First);
        if (slot >= 0 && isWhole)
            foreach (var column in Columns) column.Reset(slot);
        if (slot < 0) slot = New(KeyRowOf(key, hash), span);
        _slots[slot].Span = span;
        NoteEnd(slot);
        _slots[slot].IsNew = false;
        return slot;
    }

    public void Dispose() => _keys.Dispose();

    private bool Meets(in Slot slot, in SessionSpan span) =>
        !slot.IsFinal && span.First < slot.Span.Last + settings.Gap && slot.Span.First < span.Last + settings.Gap && !settings.IsFinal(slot.Span.Last, span.Judged);

    private int KeyRowOf(TKey key, int hash)
    {
        var known = _keys.Count;
        var keyRow = _keys.FindOrAdd(key, hash, 0);
        if (_heads.Length < _keys.Capacity) Array.Resize(ref _heads, _keys.Capacity);
        if (keyRow == known) _heads[keyRow] = -1;
        return keyRow;
    }

    private int New(int keyRow, in SessionSpan span)
    {
        if (!_free.TryPop(out var slot)) slot = _used++;
        if (slot >= _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(64, _slots.Length * 2));
            foreach (var column in Columns) column.Reserve(_slots.Length);
        }

        _slots[slot] = new Slot { KeyRow = keyRow, Next = _heads[keyRow], Span = span, Life = ++_lives, IsNew = true };
        _heads[keyRow] = slot;
        _due.Enqueue((slot, _lives), span.Last + settings.Gap + settings.Lateness);
        NoteEnd(slot);
        return slot;
    }

    private void Extend(int slot, in SessionSpan span)
    {
        var start = _slots[slot].Span.First;
        _slots[slot].Span = _slots[slot].Span.With(span.First, span.Last);
        NoteEnd(slot);
        if (_slots[slot].Span.First == start) return;
        NoteGone(slot, start);
        _slots[slot].IsNew = true;
    }

    private void Absorb(int target, int slot)
    {
        var span = _slots[slot].Span;
        for (var i = 0; i < Columns.Length; i++) Columns[i].Merge(target, Columns[i], slot);
        NoteGone(slot, span.First);
        Free(slot);
        Extend(target, span);
    }

    /// <summary>An entry that is too early by now moves on when its time comes.</summary>
    private void NoteEnd(int slot)
    {
        if (!_tracksEnds || _slots[slot].IsEndNoted) return;
        _slots[slot].IsEndNoted = true;
        _ends.Enqueue((slot, _slots[slot].Life), EndOf(slot));
    }

    private void PopEnded(long to)
    {
        _endedTo = to;
        _ended.Clear();
        while (_ends.TryPeek(out var entry, out var noted) && noted <= to)
        {
            _ = _ends.Dequeue();
            if (_slots[entry.Slot].Life != entry.Life) continue;
            _slots[entry.Slot].IsEndNoted = false;
            if (EndOf(entry.Slot) > to) NoteEnd(entry.Slot);
            else _ended.Add(entry);
        }
    }

    private long EndOf(int slot) => _slots[slot].Span.Last + settings.Gap;

    private void NoteGone(int slot, long start)
    {
        _gone.Add((Key(slot), start));
        foreach (var listener in Listeners) listener.Add((Key(slot), start));
    }

    private void MarkChanged(int slot)
    {
        if (!_slots[slot].IsChanged) _changed.Add(slot);
        _slots[slot].IsChanged = true;
        foreach (var listener in Listeners) listener.Add((Key(slot), _slots[slot].Span.First));
    }

    /// <summary>Who did not take its changes yet will not get them: a reader that stands still must not keep them.</summary>
    private void Drop(int slot)
    {
        foreach (var listener in Listeners) listener.Remove((Key(slot), _slots[slot].Span.First));
        Free(slot);
    }

    private void Free(int slot)
    {
        ref var next = ref _heads[_slots[slot].KeyRow];
        while (next != slot) next = ref _slots[next].Next;
        next = _slots[slot].Next;
        _slots[slot] = default;
        foreach (var column in Columns) column.Reset(slot);
        _free.Push(slot);
    }

    /// <summary>Much of the table belongs to sessions that are gone: the others move to a new one, so that its memory goes.</summary>
    private void Rebuild()
    {
        var old = _keys;
        _keys = new GroupTable<TKey>(shape);
        var columns = newColumns(_keys.Arena);
        foreach (var column in columns) column.Reserve(_slots.Length);
        _heads = [];
        foreach (var slot in Slots().ToList())
        {
            for (var i = 0; i < columns.Length; i++) columns[i].Merge(slot, Columns[i], slot);
            var row = _slots[slot].KeyRow;
            var keyRow = KeyRowOf(old.Key(row), old.Hash(row));
            (_slots[slot].KeyRow, _slots[slot].Next) = (keyRow, _heads[keyRow]);
            _heads[keyRow] = slot;
        }

        foreach (var listener in Listeners)
        {
            var moved = listener.Select(c => (_keys.Key(KeyRowOf(c.Key, KeyHash.Of(c.Key))), c.Start)).ToList();
            listener.Clear();
            listener.UnionWith(moved);
        }

        _columns = columns;
        _leastBytes = _keys.Arena.SizeBytes;
        old.Dispose();
    }

    private struct Slot
    {
        public int KeyRow;
        public int Next;
        public SessionSpan Span;

        /// <summary>Number of the session that lives here; 0 = none.</summary>
        public long Life;
        public bool IsFinal;
        public bool IsChanged;
        public bool IsNew;
        public bool IsEndNoted;
    }
}
