using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.State.Spill;

/// <summary>
/// Keys of one part of the keys that are on disk, as a log-structured merge tree: what leaves memory together becomes a run; a key's newest run counts; runs are merged so that each is at least twice as large as the next newer one.
/// What is in memory counts before what is here, so a key that is brought back stays. One thread.
/// </summary>
internal sealed class SpilledKeys<TKey>(KeyShape<TKey> shape, SpillFolder folder) : IDisposable
{
    private const int MostGone = 1 << 16;
    private readonly List<SpillRun> _runs = []; // oldest first
    private readonly HashSet<TKey> _gone = [];
    private readonly TextArena _keyTexts = new();
    private TextArena _goneTexts = new();

    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Bytes on disk.</summary>
    public long Length => _runs.Sum(r => r.Length);

    /// <summary>Bytes in memory.</summary>
    public long SizeBytes => _runs.Sum(r => r.SizeBytes) + _goneTexts.SizeBytes;

    /// <summary>Runs are not merged while a pass over them is under way.</summary>
    public bool IsPinned { get; set; }

    public IReadOnlyList<SpillRun> Runs => _runs;

    /// <summary>The key's state on disk as a reader behind the key, its own copy; null: there is none that counts.</summary>
    public StateReader? Find(TKey key, int hash)
    {
        if (_runs.Count == 0 || _gone.Contains(key)) return null;
        for (var i = _runs.Count - 1; i >= 0; i--)
            if (Find(_runs[i], key, (uint)hash) is { } found) return found.IsGone ? null : found.State;
        return null;
    }

    /// <summary>Keys of a hash with their state, the newest of each.</summary>
    public List<(TKey Key, StateReader State)> FindAll(uint hash)
    {
        _keyTexts.Reset();
        var (seen, found) = (new HashSet<TKey>(), new List<(TKey, StateReader)>());
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            foreach (var entry in _runs[i].Find(hash))
            {
                var state = new StateReader(entry.Bytes.ToArray());
                var key = shape.Read(state, _keyTexts);
                if (seen.Add(key) && !entry.IsGone && !_gone.Contains(key)) found.Add((key, state));
            }
        }

        return found;
    }

    /// <summary>A key that left memory for good: what is on disk counts no more.</summary>
    public void Remove(TKey key, int hash)
    {
        if (!_runs.Exists(r => r.MayContain((uint)hash)) || _gone.Contains(key)) return;
        _gone.Add(shape.Copy is { } copy ? copy(key, _goneTexts) : key);
        if (_gone.Count >= MostGone) Add(new SpillBatch());
    }

    /// <summary>The key is in memory again, anew.</summary>
    public void Revive(TKey key)
    {
        if (_gone.Count > 0) _gone.Remove(key);
    }

    public bool IsGone(TKey key) => _gone.Contains(key);

    /// <summary>Whether a run newer than the one given has the key.</summary>
    public bool HasNewer(TKey key, uint hash, SpillRun run)
    {
        for (var i = _runs.Count - 1; _runs[i] != run; i--)
            if (Find(_runs[i], key, hash) is not null) return true;
        return false;
    }

    /// <summary>Puts the keys on disk, with the mark that others are gone.</summary>
    public void Add(SpillBatch batch)
    {
        foreach (var key in _gone)
        {
            var start = batch.Writer.Length;
            shape.Write(key, batch.Writer);
            batch.Close((uint)KeyHash.Of(key), start, isGone: true);
        }

        ForgetGone();
        var writer = new SpillWriter(folder.Create(), batch.Count);
        foreach (var entry in batch.Sorted()) writer.Add(entry);
        _runs.Add(writer.Finish());
        if (!IsPinned) Merge();
    }

    public void Dispose()
    {
        foreach (var run in _runs) folder.Delete(run.File);
        _runs.Clear();
        _keyTexts.Dispose();
        _goneTexts.Dispose();
    }

    /// <summary>Merges the newest runs until each is at least twice as large as the next.</summary>
    public void Merge()
    {
        var first = _runs.Count - 1;
        var length = _runs.Count == 0 ? 0 : _runs[first].Length;
        while (first > 0 && _runs[first - 1].Length < 2 * length) length += _runs[--first].Length;
        if (first >= _runs.Count - 1) return;
        var merged = new SpillMerge<TKey>(shape, _runs.GetRange(first, _runs.Count - first)).Run(folder.Create(), keepGone: first > 0);
        foreach (var run in _runs.Skip(first)) folder.Delete(run.File);
        _runs.RemoveRange(first, _runs.Count - first);
        _runs.Add(merged);
    }

    private (bool IsGone, StateReader State)? Find(SpillRun run, TKey key, uint hash)
    {
        foreach (var entry in run.Find(hash))
        {
            var reader = new StateReader(entry.Bytes);
            var equal = EqualityComparer<TKey>.Default.Equals(shape.Read(reader, _keyTexts), key);
            _keyTexts.Reset();
            if (!equal) continue;
            var state = new StateReader(entry.Bytes.ToArray());
            _ = shape.Read(state, _keyTexts);
            _keyTexts.Reset();
            return (entry.IsGone, state);
        }

        return null;
    }

    private void ForgetGone()
    {
        if (_gone.Count == 0) return;
        _gone.Clear();
        _goneTexts.Dispose();
        _goneTexts = new TextArena();
    }
}
