using System.Text;
using Leat.Conformance;
using Leat.Log;
using Leat.Streams.Execution;
using Leat.Streams.Sinks;
using Leat.Streams.Time;

namespace Leat.Streams.Tests;

/// <summary>A dead letter of a job holds key, bytes and headers of its record, binary ones too.</summary>
public sealed class DeadHeadersTests
{
    private static readonly TopicPartition Clicks = new("clicks", 0);

    [Fact]
    public async Task Given_a_record_with_key_and_headers_When_it_becomes_a_dead_letter_Then_it_keeps_them()
    {
        using var folder = new TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path);
        await log.CreateTopicAsync("clicks", new TopicOptions(), default);
        var own = new RecordHeaders().Add("traceparent", "00-1").Add("own"u8, [0xFF, 0]);
        var batch = new RecordBatchBuilder();
        batch.Add(7, "key"u8, "nonsense"u8, own);
        await log.AppendAsync(Clicks, batch, "a producer's key", default);

        var outputs = new RunOutputs("job", TimeProvider.System, new StreamOptions(), new TopicSinks());
        await TakeAsync(log, outputs);
        await TopicSinks.AppendAsync(log, outputs.Topics.Stage("epoch-1"), default);

        await using var reader = log.OpenReader(new TopicPartition("clicks.dlq", 0), 0);
        using var block = await reader.ReadAsync(1 << 20, TimeSpan.Zero, default);
        var letters = new List<string>();
        foreach (ref readonly var r in block!) letters.Add($"{r.TimestampMs} {Encoding.UTF8.GetString(r.Key)} {Encoding.UTF8.GetString(r.Value)} {Convert.ToHexString(new RecordHeaders().AddOwn(r.EncodedHeaders).Encoded)} {DeadLetterReason.Of(r)}");
        Assert.Equal([$"7 key nonsense {Convert.ToHexString(own.Encoded)} {new DeadLetterReason("LEAT2110", "no row", "clicks[0]@0")}"], letters);
    }

    [Fact]
    public async Task Given_a_record_without_value_When_it_becomes_a_dead_letter_Then_that_has_none_either()
    {
        using var folder = new TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path);
        await log.CreateTopicAsync("clicks", new TopicOptions(), default);
        var batch = new RecordBatchBuilder();
        batch.AddTombstone(7, "key"u8, []);
        await log.AppendAsync(Clicks, batch, null, default);

        var outputs = new RunOutputs("job", TimeProvider.System, new StreamOptions(), new TopicSinks());
        await TakeAsync(log, outputs);
        await TopicSinks.AppendAsync(log, outputs.Topics.Stage("epoch-1"), default);

        await using var reader = log.OpenReader(new TopicPartition("clicks.dlq", 0), 0);
        using var block = await reader.ReadAsync(1 << 20, TimeSpan.Zero, default);
        foreach (ref readonly var letter in block!) Assert.Equal((true, "key", "LEAT2110"), (letter.IsTombstone, Encoding.UTF8.GetString(letter.Key), DeadLetterReason.Of(letter)!.Value.Code));
        Assert.Equal(1, block.Count);
    }

    private static async Task TakeAsync(EmbeddedLog log, RunOutputs outputs)
    {
        var partition = new PartitionProgress(Clicks.Topic, Clicks);
        var worker = new WorkerContext(outputs, new JobClock([partition], TimeProvider.System, TimeSpan.FromMinutes(1)));
        await using var reader = log.OpenReader(Clicks, 0);
        using var block = await reader.ReadAsync(1 << 20, TimeSpan.Zero, default);
        foreach (ref readonly var record in block!) worker.Source.Add(record);
        worker.Begin(partition);
        worker.Dead(0, "LEAT2110", "no row");
    }
}
