using Leat.Core;
using Leat.Lake;
using Leat.Log;

namespace Leat.Ingest.Landing;

/// <summary>Lands one collector source: its records, then its dead letters. One landing at a time; others wait.</summary>
internal sealed class SourceLanding : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TopicLoad _records;
    private readonly TopicLoad _deadLetters;

    public SourceLanding(SourceDefinition.Collector source, LandingDefinition landing, IEventLog log, ILakeCatalog lake)
    {
        Source = source;
        Landing = landing;
        var (topic, deadLetters) = (source.Topic.Topic, DeadLetterTopics.For(source.Topic.Topic));
        _records = new TopicLoad(new TopicLoadPlan(topic, landing.Table, deadLetters, new JsonRows(source), landing.MaxBytes), log, lake);
        _deadLetters = new TopicLoad(new TopicLoadPlan(deadLetters, landing.QuarantineTable, null, new DeadLetterRows(), landing.MaxBytes), log, lake);
    }

    public SourceDefinition.Collector Source { get; }

    public LandingDefinition Landing { get; }

    /// <summary>Makes both tables where they are missing.</summary>
    public async Task CreateTablesAsync(CancellationToken ct)
    {
        await _records.CreateTableAsync(ct).ConfigureAwait(false);
        await _deadLetters.CreateTableAsync(ct).ConfigureAwait(false);
    }

    /// <exception cref="LeatException">Those of <see cref="TopicLoad.LandAsync"/>.</exception>
    public async Task<LandingResult> LandAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var records = await _records.LandAsync(ct).ConfigureAwait(false);
            return records + await _deadLetters.LandAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
