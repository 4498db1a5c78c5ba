using System.Collections.Immutable;
using System.Text;
using Leat.Core;

namespace Leat.Log.Tests.DeadLetters;

/// <summary>A contract that any text passes which does not contain a word; also the topic's declaration with key field id.</summary>
internal sealed class Contracts(string refused) : IDatasetContracts, IDatasetContract, ITopicRegistry
{
    public string Dataset => LetterLog.Topic;

    public string DeclaredAt => "sources/orders.yml:3:5";

    public ImmutableArray<ContractField> Fields => [];

    public ContractPolicy Policy => ContractPolicy.Quarantine;

    public ContractViolation? Check(ReadOnlySpan<byte> json) => Encoding.UTF8.GetString(json).Contains(refused, StringComparison.Ordinal) ? new ContractViolation("LEAT1305", "amount", $"'{refused}' is refused") : null;

    IDatasetContract? IDatasetContracts.Find(string dataset) => dataset == Dataset ? this : null;

    public IReadOnlyList<TopicSource> List() => [new(Dataset, 3, "id")];

    TopicSource? ITopicRegistry.Find(string topic) => List().FirstOrDefault(t => t.Topic == topic);
}
