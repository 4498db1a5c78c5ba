using System.Collections.Immutable;
using Leat.Core;
using Leat.Log;

namespace Leat.Ingest;

/// <summary>The sources of the project folder, read at first use.</summary>
internal sealed class IngestCatalog : IIngestCatalog, ITopicRegistry, IContractSource
{
    private readonly Lazy<ImmutableArray<SourceDefinition>> _sources;
    private readonly Lazy<ImmutableDictionary<string, TopicSource>> _topics;
    private readonly Lazy<ImmutableArray<ContractDefinition>> _contracts;
    private readonly IEventLog _log;

    public IngestCatalog(LeatProject project, IEventLog log)
    {
        _log = log;
        _sources = new(() => SourceFolder.Read(project.Root));
        _topics = new(() => Collectors.ToImmutableDictionary(c => c.Topic.Topic, c => c.Topic, StringComparer.Ordinal));
        _contracts = new(() => [.. Collectors.Select(c => c.Contract).OfType<ContractDefinition>()]);
    }

    public IReadOnlyList<SourceDefinition> Sources => _sources.Value;

    public IReadOnlyList<ContractDefinition> Contracts => _contracts.Value;

    private IEnumerable<SourceDefinition.Collector> Collectors => _sources.Value.OfType<SourceDefinition.Collector>();

    public IReadOnlyList<TopicSource> List() => [.. _topics.Value.Values.OrderBy(t => t.Topic, StringComparer.Ordinal)];

    public TopicSource? Find(string topic) => _topics.Value.GetValueOrDefault(topic);

    public async Task CreateTopicsAsync(CancellationToken ct)
    {
        foreach (var source in Collectors)
        {
            _ = await _log.EnsureTopicAsync(source.Topic, ct).ConfigureAwait(false);
            if (source.Landing is not null) _ = await DeadLetterTopics.OpenAsync(_log, source.Topic.Topic, ct).ConfigureAwait(false);
        }
    }
}
