using System.Collections.Immutable;
using Leat.Core;
using Leat.Log;

namespace Leat.Ingest;

/// <summary>The sources of the project folder, read at first use.</summary>
internal sealed class IngestCatalog : IIngestCatalog, ITopicRegistry, IContractSource
{
    /// <summary>Ending of the topic that holds a topic's records that broke the contract.</summary>
    public const string DeadLetterEnding = ".dlq";

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
            await _log.CreateTopicAsync(source.Topic.Topic, new TopicOptions { Partitions = source.Topic.Partitions }, ct).ConfigureAwait(false);
            var deadLetters = source.Topic.Topic + DeadLetterEnding;
            if (source.Landing is not null && await _log.FindTopicAsync(deadLetters, ct).ConfigureAwait(false) is null)
                await _log.CreateTopicAsync(deadLetters, new TopicOptions(), ct).ConfigureAwait(false);
        }
    }
}
