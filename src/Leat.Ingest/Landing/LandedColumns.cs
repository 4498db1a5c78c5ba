using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;

namespace Leat.Ingest.Landing;

/// <summary>Columns of the tables that topics land in.</summary>
internal static class LandedColumns
{
    /// <summary>Table of records: the declared fields as text, then where each record came from.</summary>
    public static Schema Records(ContractDefinition? contract) => new(
    [
        .. Fields(contract).Select(Text),
        Text(LandedTopics.Topic), new Field(LandedTopics.Partition, DataType.Int32), new Field(LandedTopics.Offset, DataType.Int64), new Field(LandedTopics.AppendedAt, DataType.Timestamp),
    ]);

    /// <summary>Table of records that broke the contract: as text, with the reason and the place.</summary>
    public static Schema Quarantine { get; } = new(
        Text(LandedTopics.Payload), Text("code"), Text("reason"), Text("source"),
        new Field(LandedTopics.Partition, DataType.Int32), new Field(LandedTopics.Offset, DataType.Int64), new Field(LandedTopics.AppendedAt, DataType.Timestamp));

    private static IEnumerable<string> Fields(ContractDefinition? contract)
    {
        if (contract is null) return [LandedTopics.Payload];
        var declared = contract.Fields.Select(f => f.Name);
        return contract.AllowUnknown ? declared.Append(LandedTopics.Rest) : declared;
    }

    private static Field Text(string name) => new(name, DataType.Text);
}
