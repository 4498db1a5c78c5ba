using System.Collections.Immutable;
using System.Text;
using Leat.Log;

namespace Leat.Streams.Testing;

internal static class TestRecords
{
    public static async Task<ImmutableArray<StreamTestRecord>> ReadAsync(IEventLog log, string topic, CancellationToken ct)
    {
        var reader = log.OpenReader(new TopicPartition(topic, 0), 0);
        await using var _ = reader.ConfigureAwait(false);
        var records = ImmutableArray.CreateBuilder<StreamTestRecord>();
        while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, ct).ConfigureAwait(false) is { } block)
        {
            using (block) Add(block, records);
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
