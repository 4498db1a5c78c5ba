using System.Collections.Immutable;

namespace Leat.Streams.Views;

/// <summary>The committed side of a view: rows by window start and key text, as of the last checkpoint. Thread-safe.</summary>
/// <param name="endColumn">Column with the end of the window, or <see cref="NoWindow"/>.</param>
internal sealed class CommittedRows(int endColumn)
{
    /// <summary>Rows without windows, which never go.</summary>
    public const int NoWindow = -1;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Dictionary<string, ImmutableArray<object?>>> _windows = [];

    /// <param name="changes">Rows that are new, other or gone.</param>
    /// <param name="droppedTo">Windows that ended at or before this are dropped; ticks since 1970.</param>
    public void Apply(IEnumerable<ViewChange> changes, long droppedTo)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                if (!_windows.TryGetValue(change.Window, out var rows)) _windows.Add(change.Window, rows = new Dictionary<string, ImmutableArray<object?>>(StringComparer.Ordinal));
                if (change.IsGone) rows.Remove(change.Key);
                else rows[change.Key] = change.Row;
            }

            if (endColumn == NoWindow) return;
            foreach (var start in _windows.Keys.TakeWhile(start => start < droppedTo).ToList()) Drop(start, droppedTo);
        }
    }

    /// <summary>Rows of windows in [from, toExcl), newest window first.</summary>
    public List<List<ImmutableArray<object?>>> Read(string? key, long from, long toExcl)
    {
        lock (_gate)
        {
            var found = new List<List<ImmutableArray<object?>>>();
            foreach (var (window, rows) in _windows)
            {
                if (window < from || window >= toExcl) continue;
                if (key is null) found.Add([.. rows.Values]);
                else if (rows.TryGetValue(key, out var row)) found.Add([row]);
            }

            found.Reverse();
            return found;
        }
    }

    private void Drop(long start, long droppedTo)
    {
        var rows = _windows[start];
        foreach (var (key, row) in rows)
        {
            if (((DateTime)row[endColumn]!).Ticks - DateTime.UnixEpoch.Ticks <= droppedTo) rows.Remove(key);
        }

        if (rows.Count == 0) _windows.Remove(start);
    }
}
