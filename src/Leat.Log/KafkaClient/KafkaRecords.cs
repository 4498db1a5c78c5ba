using System.Globalization;
using System.Text;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>The records of an encoded batch as librdkafka takes them.</summary>
internal static unsafe class KafkaRecords
{
    /// <summary>All messages in order.</summary>
    public static List<Rd.Message<byte[]?, byte[]?>> Of(EncodedBatch batch)
    {
        var messages = new List<Rd.Message<byte[]?, byte[]?>>(batch.Header.Count);
        Add(batch.First.Span[BatchHeader.Size..], batch.Header, messages);
        Add(batch.Rest.Span, batch.Header, messages);
        return messages;
    }

    private static void Add(ReadOnlySpan<byte> records, in BatchHeader header, List<Rd.Message<byte[]?, byte[]?>> messages)
    {
        fixed (byte* start = records)
        {
            var at = start;
            var end = start + records.Length;
            while (at < end)
            {
                if (!RecordFields.TryRead(ref at, end, out var fields)) throw new InvalidOperationException("a record of the builder is not readable");
                messages.Add(Of(new LogRecord(0, header.BaseTimestampMs + fields.TimestampDelta, fields), header.Count));
            }
        }
    }

    private static Rd.Message<byte[]?, byte[]?> Of(LogRecord record, int count) => new()
    {
        Key = record.HasKey ? record.Key.ToArray() : null,
        Value = record.IsTombstone ? null : record.Value.ToArray(),
        Timestamp = new Rd.Timestamp(record.TimestampMs, Rd.TimestampType.CreateTime),
        Headers = record.HeaderCount == 0 ? null : HeadersOf(record, count),
    };

    private static Rd.Headers HeadersOf(LogRecord record, int count)
    {
        var headers = new Rd.Headers();
        foreach (var header in record.Headers)
        {
            headers.Add(Encoding.UTF8.GetString(header.Name), header.Value.ToArray());
            if (header.NameEquals(WellKnownHeaders.IdempotencyKey)) headers.Add(WellKnownHeaders.IdempotencyCount, Encoding.UTF8.GetBytes(count.ToString(CultureInfo.InvariantCulture)));
        }
        return headers;
    }
}
