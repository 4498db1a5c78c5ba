namespace Leat.Lake;

/// <summary>What a table that a topic is landed in has for every record beside its fields, and how it says up to where it has the topic.</summary>
public static class LandedTopics
{
    /// <summary>Column: partition of the record, INTEGER.</summary>
    public const string Partition = "_partition";

    /// <summary>Column: offset of the record, BIGINT.</summary>
    public const string Offset = "_offset";

    /// <summary>Column: when the record was appended, TIMESTAMP, UTC.</summary>
    public const string AppendedAt = "_appended_at";

    /// <summary>Column: topic of the record.</summary>
    public const string Topic = "_topic";

    /// <summary>Column: JSON of the members that the contract allows but does not declare.</summary>
    public const string Rest = "_rest";

    /// <summary>Column: the whole record, where no contract declares fields.</summary>
    public const string Payload = "payload";

    /// <summary>Application whose transaction version in the table is the offset after the last record of the partition that the table has.</summary>
    public static string Application(string topic, int partition) => FormattableString.Invariant($"landing/{topic}/{partition}");
}
