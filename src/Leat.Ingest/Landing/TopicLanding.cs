using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Ingest.Landing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Leat.Ingest;

/// <summary>Brings the records of collector topics into the lake, at each source's interval and on demand. After a crash every record is in its table exactly once.</summary>
public sealed class TopicLanding : BackgroundService
{
    private readonly Lazy<ImmutableArray<SourceLanding>> _sources;
    private readonly IIngestCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly IRunEvents _events;
    private readonly ILogger<TopicLanding> _logger;

    public TopicLanding(IIngestCatalog catalog, LandingEnds ends, IRunEvents events, TimeProvider time, ILogger<TopicLanding> logger)
    {
        (_catalog, _events, _time, _logger) = (catalog, events, time, logger);
        _sources = new(() =>
        [
            .. catalog.Sources.OfType<SourceDefinition.Collector>().Where(s => s.Landing is not null).Select(s => new SourceLanding(s, s.Landing!, ends.Log, ends.Lake)),
        ]);
    }

    /// <summary>Makes the tables that topics land in, empty, where they are missing.</summary>
    public async Task CreateTablesAsync(CancellationToken ct)
    {
        foreach (var source in _sources.Value) await source.CreateTablesAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Lands what all topics hold now.</summary>
    /// <exception cref="LeatException">LEAT3210 records are gone; LEAT3211 a table belongs to another log; and those of the lake and the log.</exception>
    public async Task<LandingResult> LandAsync(CancellationToken ct)
    {
        var result = new LandingResult(0, 0);
        foreach (var source in _sources.Value) result += await LandAsync(source, ct).ConfigureAwait(false);
        return result;
    }

    /// <summary>Lands what one source's topic holds now.</summary>
    /// <exception cref="LeatException">LEAT3207 no such source; LEAT3213 it does not land.</exception>
    public async Task<LandingResult> LandAsync(string source, CancellationToken ct)
    {
        if (_sources.Value.FirstOrDefault(s => s.Source.Name == source) is { } found) return await LandAsync(found, ct).ConfigureAwait(false);
        var names = _catalog.Sources.Select(s => s.Name).ToList();
        throw names.Contains(source) ? IngestErrors.NotLanded(source) : IngestErrors.UnknownSource(source, Nearest.To(source, names), "sources/*.yml");
    }

    public override void Dispose()
    {
        if (_sources.IsValueCreated)
            foreach (var source in _sources.Value) source.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _catalog.CreateTopicsAsync(stoppingToken).ConfigureAwait(false);
        await Task.WhenAll(_sources.Value.Select(s => RunAsync(s, stoppingToken))).ConfigureAwait(false);
    }

    private async Task RunAsync(SourceLanding source, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(source.Landing.Every, _time);
        while (await timer.WaitForNextTickAsync(ct).ConfigureAwait(false))
        {
            try
            {
                await LandAsync(source, ct).ConfigureAwait(false);
            }
            catch (LeatException failure) when (failure.Retry == Retry.WithBackoff)
            {
                IngestMessages.LandingDelayed(_logger, source.Source.Name, failure);
            }
            catch (LeatException failure)
            {
                IngestMessages.LandingStopped(_logger, source.Source.Name, failure);
                return;
            }
        }
    }

    private async Task<LandingResult> LandAsync(SourceLanding source, CancellationToken ct)
    {
        var runId = Guid.NewGuid().ToString();
        try
        {
            var result = await source.LandAsync(ct).ConfigureAwait(false);
            if (result.Rows > 0) Publish(source, runId, RunEventKind.Completed, ("rows", result.Rows.ToString(CultureInfo.InvariantCulture)));
            return result;
        }
        catch (LeatException failure)
        {
            Publish(source, runId, RunEventKind.Failed, ("error", failure.Code));
            throw;
        }
    }

    private void Publish(SourceLanding source, string runId, RunEventKind kind, (string Name, string Value) detail) => _events.Publish(new RunEvent(
        kind, $"ingest/{source.Source.Name}", runId, _time.GetUtcNow(), [$"topics.{source.Source.Topic.Topic}"],
        [$"lake.{source.Landing.Table}", $"lake.{source.Landing.QuarantineTable}"], ImmutableDictionary<string, string>.Empty.Add(detail.Name, detail.Value)));
}
