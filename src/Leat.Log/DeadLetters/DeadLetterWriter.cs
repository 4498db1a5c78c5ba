namespace Leat.Log;

/// <summary>Writes dead letters: the record's bytes, key and headers as they were, and why it is one. The only way into a dead-letter topic. Owned by one caller at a time.</summary>
public sealed class DeadLetterWriter
{
    private readonly RecordHeaders _headers = new();

    /// <summary>Adds a record of the log as a dead letter; its source is its place in the log.</summary>
    public void Add(RecordBatchBuilder to, in LogRecord record, TopicPartition from, string code, string reason)
    {
        _headers.Clear();
        var why = new DeadLetterReason(code, reason, DeadLetterTopics.Source(from, record.Offset)).AddTo(_headers.AddOwn(record.EncodedHeaders));
        if (record.IsTombstone) to.AddTombstone(record.TimestampMs, record.Key, why);
        else to.Add(record.TimestampMs, record.Key, record.Value, why);
    }

    /// <summary>Adds a record that was never in the log, or whose parts were kept.</summary>
    /// <param name="to">Batch for the dead-letter topic.</param>
    /// <param name="record">The record's parts.</param>
    /// <param name="why">Why it is a dead letter.</param>
    public void Add(RecordBatchBuilder to, in DeadRecord record, in DeadLetterReason why)
    {
        _headers.Clear();
        if (record.Headers is { } own) _headers.AddAll(own);
        why.AddTo(_headers);
        if (record.IsTombstone) to.AddTombstone(record.TimestampMs, record.Key, _headers);
        else to.Add(record.TimestampMs, record.Key, record.Value, _headers);
    }
}
