using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Ingest.Landing;

/// <summary>Columns of the tables that topics land in.</summary>
internal static class LandedColumns
{
    /// <summary>Column that holds the members which a contract allows but does not declare.</summary>
    public const string Rest = "_rest";

    /// <summary>Column that holds the whole record where no contract is declared.</summary>
    public const string Payload = "payload";

    /// <summary>Table of records: the declared fields as text, then where each record came from.</summary>
    public static Schema Records(ContractDefinition? contract) => new(
    [
        .. Fields(contract).Select(Text),
        Text("_topic"), new Field("_partition", DataType.Int32), new Field("_offset", DataType.Int64), new Field("_appended_at", DataType.Timestamp),
    ]);

    /// <summary>Table of records that broke the contract: as text, with the reason and the place.</summary>
    public static Schema Quarantine { get; } = new(
        Text(Payload), Text("code"), Text("reason"), Text("source"),
        new Field("_partition", DataType.Int32), new Field("_offset", DataType.Int64), new Field("_appended_at", DataType.Timestamp));

    private static IEnumerable<string> Fields(ContractDefinition? contract)
    {
        if (contract is null) return [Payload];
        var declared = contract.Fields.Select(f => f.Name);
        return contract.AllowUnknown ? declared.Append(Rest) : declared;
    }

    private static Field Text(string name) => new(name, DataType.Text);
}
