using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Serve.Tests.Fakes;

/// <summary>Declared topics: orders (quarantine, 3 partitions, key customer), strict (reject), closed (reject, unknown fields too), free (no contract, no key).</summary>
internal sealed class FakeTopics : ITopicRegistry, IContractSource
{
    private static readonly TopicSource[] Sources =
    [
        new("free", 2),
        new("orders", 3, "customer", "at", "id"),
        new("strict", 1),
        new("closed", 1),
    ];

    public IReadOnlyList<ContractDefinition> Contracts { get; } = [Contract("orders", ContractPolicy.Quarantine), Contract("strict", ContractPolicy.Reject), Contract("closed", ContractPolicy.Reject, allowUnknown: false)];

    public IReadOnlyList<TopicSource> List() => Sources;

    public TopicSource? Find(string topic) => Sources.FirstOrDefault(s => s.Topic == topic);

    private static ContractDefinition Contract(string topic, ContractPolicy policy, bool allowUnknown = true) => new(topic, $"sources/{topic}.yml:3:1", policy, allowUnknown,
    [
        new ContractFieldDefinition("customer", DataType.Text, true),
        new ContractFieldDefinition("amount", DataType.Decimal(18, 2), false, Min: 0),
    ]);
}
