using System.Globalization;
using System.Text;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Hands the records of an encoded batch to librdkafka.</summary>
internal static unsafe class KafkaRecords
{
    /// <summary>Puts all records into the producer's queue.</summary>
    /// <param name="producer">Whose.</param>
    /// <param name="append">What; gets its base offset when the first record is stored.</param>
    /// <param name="delivered">Told about the last record: what lies between is in the same batch.</param>
    /// <param name="timeout">Of a question about the topic, where librdkafka's knowledge is old.</param>
    /// <exception cref="Rd.KafkaException">Refused by librdkafka; nothing is in the queue when the first record was.</exception>
    public static void Send(Rd.IProducer<byte[]?, byte[]?> producer, KafkaAppend append, Action<Rd.DeliveryReport<byte[]?, byte[]?>> delivered, TimeSpan timeout)
    {
        var target = new Rd.TopicPartition(append.Partition.Topic, append.Partition.Partition);
        var messages = Of(append.Batch);
        var first = messages.Count == 1 ? delivered : report => append.BaseOffset = report.Offset.Value;
        try
        {
            producer.Produce(target, messages[0], first);
        }
        catch (Rd.KafkaException e) when (IsOldNews(e.Error.Code))
        {
            using var admin = new Rd.DependentAdminClientBuilder(producer.Handle).Build();
            _ = admin.GetMetadata(target.Topic, timeout);
            producer.Produce(target, messages[0], first);
        }
        for (var i = 1; i < messages.Count; i++) producer.Produce(target, messages[i], i == messages.Count - 1 ? delivered : null);
    }

    /// <summary>Refused by what librdkafka remembers of the topic for minutes: partitions may have been added since, rights given, the topic made anew.</summary>
    private static bool IsOldNews(Rd.ErrorCode code) => KafkaLogFaults.IsUnknownTopic(code) || code == Rd.ErrorCode.TopicAuthorizationFailed;

    private static List<Rd.Message<byte[]?, byte[]?>> Of(EncodedBatch batch)
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
