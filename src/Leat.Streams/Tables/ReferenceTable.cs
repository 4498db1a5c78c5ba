using Leat.Core;
using Leat.Streams.Tables;

namespace Leat.Streams;

/// <summary>Rows by key in memory, for <c>Lookup</c>. Loaded at the start of the job, and again as its options say: then all rows change at once, between two chunks of a worker.</summary>
public sealed class ReferenceTable<TKey, TRow> : IReferenceTable
{
    private readonly Func<TRow, TKey> _key;
    private readonly TableOrigin<TRow> _origin;
    private readonly TableOptions _options;
    private volatile TableRows<TKey, TRow>? _rows;
    private volatile TableFigures _figures;

    internal ReferenceTable(string name, Func<TRow, TKey> key, TableOrigin<TRow> origin, TableOptions? options)
    {
        (Name, _key, _origin, _options) = (name, key, origin, options ?? new TableOptions());
        _options.Check();
        _figures = new TableFigures(name, origin.Kind, 0, 0, null, null);
    }

    /// <summary>Name in the lake, of the file, or as given.</summary>
    public string Name { get; }

    /// <summary>Rows loaded.</summary>
    public int Count => _figures.Rows;

    TableOptions IReferenceTable.Options => _options;

    TableFigures IReferenceTable.Figures => _figures;

    /// <summary>Frees the rows' texts; the job does it at its end.</summary>
    public void Dispose() => Interlocked.Exchange(ref _rows, null)?.Dispose();

    /// <summary>The rows as they are now; disposed by the caller when nothing of them is needed any more.</summary>
    internal TableRows<TKey, TRow> Use()
    {
        while (true)
        {
            var rows = _rows ?? throw new InvalidOperationException($"table {Name} is not loaded");
            if (rows.TryUse()) return rows;
        }
    }

    async Task IReferenceTable.LoadAsync(TableSource source, TimeProvider time, CancellationToken ct)
    {
        var began = time.GetUtcNow().UtcDateTime;
        try
        {
            var stamp = await _origin.StampAsync(source, ct).ConfigureAwait(false);
            if (stamp is not null && stamp == _figures.Stamp)
            {
                _figures = _figures with { CheckedAt = began, Failures = 0, Error = null };
                return;
            }

            using var fill = new TableFill<TKey, TRow>(Name, _key, (long)_options.MaxMegabytes << 20);
            await _origin.LoadAsync(source, fill, ct).ConfigureAwait(false);
            var rows = fill.Take();
            _figures = _figures with { Rows = rows.Count, SizeBytes = rows.SizeBytes, LoadedAt = began, CheckedAt = began, Stamp = stamp, Loads = _figures.Loads + 1, Failures = 0, Error = null };
            Interlocked.Exchange(ref _rows, rows)?.Dispose();
        }
        catch (Exception error) when (error is not (LeatException or OperationCanceledException))
        {
            throw StreamErrors.TableLoad(Name, _origin.Kind, error);
        }
    }

    void IReferenceTable.Failed(string reason) => _figures = _figures with { Failures = _figures.Failures + 1, Error = reason };
}
