using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Execution;
using Microsoft.Extensions.Logging;

namespace Leat.Streams.Tables;

/// <summary>Loads the lookup tables of a run and refreshes them while it goes on. Owned by the coordinator.</summary>
internal sealed class TableKeeper : IAsyncDisposable
{
    private readonly string _job;
    private readonly RunParts _parts;
    private readonly TableSource _source;
    private readonly CancellationTokenSource _stop = new();
    private readonly ImmutableArray<IReferenceTable> _tables;
    private readonly Task?[] _refreshes;
    private readonly long[] _askedAt;

    public TableKeeper(string job, IEnumerable<IReferenceTable> tables, RunParts parts)
    {
        (_job, _parts, _tables) = (job, parts, [.. tables]);
        _source = new TableSource(parts.Lake, parts.Project.Root);
        _refreshes = new Task?[_tables.Length];
        _askedAt = new long[_tables.Length];
    }

    /// <summary>Before the first record; a table that cannot be loaded fails the job.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        for (var i = 0; i < _tables.Length; i++)
        {
            _askedAt[i] = _parts.Time.GetTimestamp();
            await _tables[i].LoadAsync(_source, _parts.Time, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Begins the refreshes that are due; they go on beside the job.</summary>
    /// <exception cref="LeatException">LEAT2157 a table is older than it may be.</exception>
    public void Refresh()
    {
        for (var i = 0; i < _tables.Length; i++)
        {
            if (_tables[i].Options.RefreshEvery is not { } every) continue;
            CheckAge(_tables[i]);
            if (_refreshes[i] is { IsCompleted: false } || _parts.Time.GetElapsedTime(_askedAt[i]) < every) continue;
            _askedAt[i] = _parts.Time.GetTimestamp();
            var table = _tables[i];
            _refreshes[i] = Task.Run(() => RefreshAsync(table, _stop.Token), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (var refresh in _refreshes)
            if (refresh is not null) await refresh.ConfigureAwait(false);
        foreach (var table in _tables) table.Dispose();
        _stop.Dispose();
    }

    private async Task RefreshAsync(IReferenceTable table, CancellationToken ct)
    {
        try
        {
            await table.LoadAsync(_source, _parts.Time, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The job stops.
        }
        catch (Exception error) when (error is LeatException or OperationCanceledException)
        {
            table.Failed(error.Message);
            _parts.Logger.LogWarning(error, "Stream job {Job}: table {Table} was not refreshed and stays as it is", _job, table.Figures.Name);
        }
    }

    private void CheckAge(IReferenceTable table)
    {
        var figures = table.Figures;
        if (figures.Failures == 0 || table.Options.FailAfter is not { } most || figures.CheckedAt is not { } at) return;
        var age = _parts.Time.GetUtcNow().UtcDateTime - at;
        if (age > most) throw StreamErrors.TableStale(figures.Name, age, most, figures.Error ?? "");
    }
}
