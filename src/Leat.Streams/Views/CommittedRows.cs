using System.Collections.Immutable;

namespace Leat.Streams.Views;

/// <summary>The committed side of a view: rows by window start and key text, as of the last checkpoint. Thread-safe.</summary>
internal sealed class CommittedRows
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Dictionary<string, ImmutableArray<object?>>> _windows = [];

    public void Apply(IEnumerable<(long Window, string Key, ImmutableArray<object?> Row)> changes, long dropBefore)
    {
        lock (_gate)
        {
            foreach (var (window, key, row) in changes)
            {
                if (!_windows.TryGetValue(window, out var rows)) _windows.Add(window, rows = new Dictionary<string, ImmutableArray<object?>>(StringComparer.Ordinal));
                rows[key] = row;
            }

            while (_windows.Count > 0 && _windows.First() is var oldest && oldest.Key < dropBefore) _windows.Remove(oldest.Key);
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
}
