using System.Text;
using Leat.Conformance;

namespace Leat.Log.Tests.DeadLetters;

/// <summary>A log in a temporary folder with the topics orders (3 partitions) and orders.dlq.</summary>
internal sealed class LetterLog : IAsyncDisposable
{
    public const string Topic = "orders";
    public const string Letters = "orders.dlq";
    private readonly TemporaryFolder _folder = new();

    public EmbeddedLog Log { get; private set; } = null!;

    public static async Task<LetterLog> MakeAsync()
    {
        var letters = new LetterLog();
        letters.Log = EmbeddedLog.Open(letters._folder.Path);
        await letters.Log.CreateTopicAsync(Topic, new TopicOptions { Partitions = 3 }, default);
        await DeadLetterTopics.OpenAsync(letters.Log, Topic, default);
        return letters;
    }

    /// <summary>Closes and opens the log, as another process would find it.</summary>
    public async Task ReopenAsync()
    {
        await Log.DisposeAsync();
        Log = EmbeddedLog.Open(_folder.Path);
    }

    /// <summary>Adds dead letters "0", "1", ... in batches of one, each from orders[n % 3]@n.</summary>
    public async Task AddAsync(int count, string code = "LEAT1303")
    {
        var writer = new DeadLetterWriter();
        for (var i = 0; i < count; i++)
        {
            var batch = new RecordBatchBuilder();
            var record = new DeadRecord(1000 + i, Encoding.UTF8.GetBytes($"k{i}"), Encoding.UTF8.GetBytes($"{i}")) { Headers = new RecordHeaders().Add("own"u8, [0xFF, (byte)i]) };
            writer.Add(batch, record, new DeadLetterReason(code, "amount: not a number", DeadLetterTopics.Source(new TopicPartition(Topic, i % 3), i)));
            await Log.AppendAsync(new TopicPartition(Letters, 0), batch, $"letter-{i}-{code}", default);
        }
    }

    /// <summary>Records as "partition time key value headers"; headers as hex where they are not text.</summary>
    public async Task<List<string>> ReadAsync(string topic)
    {
        var found = new List<string>();
        var partitions = (await Log.FindTopicAsync(topic, default))!.Partitions;
        for (var partition = 0; partition < partitions; partition++)
        {
            await using var reader = Log.OpenReader(new TopicPartition(topic, partition), 0);
            while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
            {
                using (block)
                {
                    foreach (ref readonly var record in block) found.Add(Shown(record, partition));
                }
            }
        }
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        _folder.Dispose();
    }

    private static string Shown(in LogRecord record, int partition)
    {
        var headers = new StringBuilder();
        foreach (var header in record.Headers) headers.Append(' ').Append(Encoding.UTF8.GetString(header.Name)).Append('=').Append(header.Value.Length == 2 ? Convert.ToHexString(header.Value) : Encoding.UTF8.GetString(header.Value));
        return $"{partition} {record.TimestampMs} {Encoding.UTF8.GetString(record.Key)} {(record.IsTombstone ? "null" : Encoding.UTF8.GetString(record.Value))}{headers}";
    }
}
