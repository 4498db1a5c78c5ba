using System.Globalization;
using System.Text.Json;
using Leat.Core;
using Leat.Lake;
using Leat.Log;

namespace Leat.Streams.Tests.History;

/// <summary>Lands a topic of clicks in a table as the platform does, in the plainest way: rows and marks in one commit.</summary>
internal sealed class NaiveLanding(IEventLog log, ILakeCatalog lake, bool hasContract)
{
    public const string Table = "raw.clicks";
    private static readonly string[] Fields = ["user", "campaign", "at", "cost"];

    private Schema Schema { get; } = new(
    [
        .. (hasContract ? Fields : [LandedTopics.Payload]).Select(f => new Field(f, DataType.Text)), new Field(LandedTopics.Topic, DataType.Text),
        new Field(LandedTopics.Partition, DataType.Int32), new Field(LandedTopics.Offset, DataType.Int64), new Field(LandedTopics.AppendedAt, DataType.Timestamp),
    ]);

    public async Task<ILakeTable> OpenAsync() => await lake.CreateAsync(Table, Schema, [], default);

    /// <summary>Offset after what is landed.</summary>
    public async Task<long> EndAsync(int partition) => (await (await OpenAsync()).SnapshotAsync(null, default)).Transactions.GetValueOrDefault(LandedTopics.Application("clicks", partition));

    /// <summary>Lands at most so many records of each partition.</summary>
    public async Task LandAsync(int partitions, int most)
    {
        var (table, marks) = (await OpenAsync(), new List<LakeTransaction>());
        using var builder = new BatchBuilder(Schema);
        for (var partition = 0; partition < partitions; partition++)
        {
            var next = await EndAsync(partition);
            var end = Math.Min(next + most, (await log.DescribeAsync(new TopicPartition("clicks", partition), default)).EndOffsetExcl);
            if (next == end) continue;
            await AddAsync(builder, partition, next, end);
            marks.Add(new LakeTransaction(LandedTopics.Application("clicks", partition), end));
        }

        if (marks.Count > 0) await table.CommitAsync(new LakeCommit(await table.StageAsync(Batches(builder), default), [.. marks]), default);
    }

    private async Task AddAsync(BatchBuilder builder, int partition, long from, long endExcl)
    {
        await using var reader = log.OpenReader(new TopicPartition("clicks", partition), from);
        while (reader.Position < endExcl)
        {
            using var block = (await reader.ReadAsync(1 << 16, TimeSpan.Zero, default))!;
            foreach (var record in block)
                if (record.Offset < endExcl && record.Offset >= from && !record.Value.IsEmpty) builder.AppendRow(Row(record, partition));
        }
    }

    private object?[] Row(in LogRecord record, int partition)
    {
        var rest = new object?[] { "clicks", partition, record.Offset, DateTime.UnixEpoch.AddMilliseconds(record.TimestampMs) };
        if (!hasContract) return [System.Text.Encoding.UTF8.GetString(record.Value), .. rest];
        using var json = JsonDocument.Parse(record.Value.ToArray());
        return [.. Fields.Select(f => json.RootElement.TryGetProperty(f, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText().ToString(CultureInfo.InvariantCulture) : null), .. rest];
    }

    private static async IAsyncEnumerable<Batch> Batches(BatchBuilder builder)
    {
        if (builder.RowCount > 0) yield return builder.Build();
        await Task.CompletedTask;
    }
}
