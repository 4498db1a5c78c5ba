namespace Leat.Ingest.Landing;

/// <summary>From which topic into which table, and how.</summary>
/// <param name="Topic">Topic that is read.</param>
/// <param name="Table">Table that is written.</param>
/// <param name="DeadLetterTopic">Where records go that cannot be rows; null = there are none.</param>
/// <param name="Rows">Makes rows of records.</param>
/// <param name="MaxBytes">Size of records that one commit takes.</param>
internal sealed record TopicLoadPlan(string Topic, string Table, string? DeadLetterTopic, IRecordRows Rows, long MaxBytes);
