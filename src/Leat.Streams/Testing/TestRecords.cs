using System.Collections.Immutable;
using System.Text;
using Leat.Log;

namespace Leat.Streams.Testing;

internal static class TestRecords
{
    /// <summary>All records of the topic, one partition after the other.</summary>
    public static async Task<ImmutableArray<StreamTestRecord>> ReadAsync(IEventLog log, TopicInfo topic, CancellationToken ct)
    {
        var records = ImmutableArray.CreateBuilder<StreamTestRecord>();
        for (var partition = 0; partition < topic.Partitions; partition++)
        {
            var reader = log.OpenReader(new TopicPartition(topic.Name, partition), 0);
            await using var _ = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, ct).ConfigureAwait(false) is { } block)
            {
                using (block) Add(block, records);
            }
        }

        return records.ToImmutable();
    }

    private static void Add(RecordBlock block, ImmutableArray<StreamTestRecord>.Builder records)
    {
        foreach (var record in block)
            records.Add(new StreamTestRecord(Encoding.UTF8.GetString(record.Value), Header(record, WellKnownHeaders.DeadLetterSource), Header(record, WellKnownHeaders.DeadLetterCode), Header(record, WellKnownHeaders.DeadLetterReason)));
    }

    private static string Header(in LogRecord record, string name) => record.TryGetHeader(name, out var value) ? value : "";
}
