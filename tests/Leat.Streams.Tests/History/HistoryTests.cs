using System.Globalization;
using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.History;

/// <summary>The lake first, then the topic: no gap, no double, wherever the lake ends.</summary>
public sealed class HistoryTests
{
    private const int Partitions = 2;

    [Fact]
    public Task Given_random_landings_retention_and_kills_When_rebuilt_from_history_Then_outputs_equal_those_of_the_whole_topic() => Seeds.ForAll(8, 200, async seed =>
    {
        var random = new Random(seed);
        var events = new List<StreamStep>();
        for (var i = 0; i < random.Next(1, 200); i++) events.Add(Clicks.At(i + (random.NextDouble() * 15), $"campaign with a long name {random.Next(4)}", cost: $"{random.Next(100)}.5", user: $"user {i}", partition: random.Next(Partitions)));
        StreamStep[] end = [Clicks.Watermark(1000)];
        var settings = new StreamTestSettings { Partitions = Partitions, Workers = random.Next(1, 3) };
        await using var whole = new StreamTestBench(() => new HistoryJob(null), settings);
        var expected = await whole.RunAsync([.. events, .. end]);
        var window = random.Next(2, 40);
        await using var bench = new StreamTestBench(() => new HistoryJob(window), settings);
        var landing = new NaiveLanding(bench.Log, bench.Lake, hasContract: random.Next(2) == 0);
        var table = (MemoryLakeTable)await landing.OpenAsync();
        await bench.Log.CreateTopicAsync("clicks", new TopicOptions { Partitions = Partitions, Durability = Durability.Never }, default);
        var (writer, starts) = (new TopicWriter(bench.Log), random.Next(events.Count + 1));
        for (var i = 0; i < events.Count; i++)
        {
            if (i >= starts && random.Next(8) == 0) await bench.PlayAsync([Stop(random)]);
            await writer.AppendAsync((StreamStep.Event)events[i]);
            if (random.Next(15) == 0) await writer.PromiseAsync(random.Next(Partitions), random.Next(1, 300));
            if (random.Next(8) == 0) await landing.LandAsync(Partitions, random.Next(1, 500));
            if (random.Next(30) == 0) table.Compact();
            if (random.Next(8) == 0) await TrimAsync(bench.Log, landing, random);
        }

        var result = await bench.RunAsync([Stop(random), .. end, new StreamStep.Kill()]);
        Assert.Equal<string>([.. expected.Tables["out"]], [.. result.Tables["out"]]);
        Assert.Equal<string>([.. expected.Tables["counts"]], [.. result.Tables["counts"]]);
        Assert.Equal(0, result.Status.LateEvents + result.Status.DeadEvents);
    });

    [EngineFact]
    public async Task Given_a_landed_table_on_disk_and_a_topic_without_its_beginning_When_killed_at_each_step_Then_each_record_counts_once()
    {
        var folder = Directory.CreateTempSubdirectory("leat-history-").FullName;
        using (var lake = new LakeCatalog(folder, TimeProvider.System))
        {
            await using var bench = new StreamTestBench(() => new HistoryJob(100), new StreamTestSettings { Partitions = Partitions, Lake = lake });
            var (landing, writer) = (new NaiveLanding(bench.Log, lake, hasContract: true), new TopicWriter(bench.Log));
            await bench.Log.CreateTopicAsync("clicks", new TopicOptions { Partitions = Partitions, Durability = Durability.Never }, default);
            var written = 0;
            foreach (var step in Enum.GetValues<CheckpointStep>())
            {
                for (var i = 0; i < 500; i++) await writer.AppendAsync((StreamStep.Event)Clicks.At(written, "a", user: $"user {written++:D5}", partition: written % 2));
                await landing.LandAsync(Partitions, 230);
                for (var p = 0; p < Partitions; p++) await bench.Log.DeleteRecordsAsync(new TopicPartition("clicks", p), await landing.EndAsync(p) - 5, default);
                await bench.PlayAsync([new StreamStep.KillAt(step)]);
            }

            await bench.RunAsync([new StreamStep.Kill()]);
            var users = new List<string>();
            var table = (await lake.FindAsync("out", default))!;
            await foreach (var batch in table.ReadAsync(await table.SnapshotAsync(null, default), default))
                using (batch)
                    for (var row = 0; row < batch.RowCount; row++) users.Add(batch[0].GetText(row).ToString());
            Assert.Equal<string>([.. Enumerable.Range(0, written).Select(i => string.Create(CultureInfo.InvariantCulture, $"user {i:D5} a 1"))], [.. users.Order(StringComparer.Ordinal)]);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Given_records_that_are_in_neither_When_read_Then_the_gap_is_named()
    {
        await using var bench = await BenchAsync(landed: 3, trimmedTo: 5);
        var refused = await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([new StreamStep.Process()]));
        Assert.Contains("LEAT2155: the lake has clicks[0] up to offset 3 (excluded), the topic begins at 5: offsets 3 to 4 are in neither", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_lake_that_goes_beyond_the_topic_When_read_Then_they_are_told_apart()
    {
        await using var bench = await BenchAsync(landed: 3, trimmedTo: 0);
        var table = await new NaiveLanding(bench.Log, bench.Lake, hasContract: false).OpenAsync();
        await table.CommitAsync(new LakeCommit(new StagedFiles(table.Name, []), [new LakeTransaction(LandedTopics.Application("clicks", 0), 100)]), default);
        Assert.Contains("LEAT2156", (await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([new StreamStep.Process()]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "LEAT2154: topic 'clicks' is not landed in the table: it has rows, but no mark of the topic")]
    [InlineData(false, "LEAT2154: topic 'clicks' is not landed in the table: it has no column _partition")]
    public async Task Given_a_table_that_is_no_landing_When_read_Then_the_job_says_so(bool hasColumns, string message)
    {
        await using var bench = new StreamTestBench(() => new HistoryJob(10));
        using var builder = new BatchBuilder(hasColumns ? Schema.Of(("_partition", DataType.Int32), ("_offset", DataType.Int64)) : Schema.Of(("id", DataType.Int64), ("_offset", DataType.Int64)));
        if (hasColumns) builder.AppendRow(0, 0L);
        else builder.AppendRow(0L, 0L);
        var table = await bench.Lake.CreateAsync(NaiveLanding.Table, builder.Schema, [], default);
        await table.AppendAsync(One(builder.Build()), null, default);
        Assert.Contains(message, (await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([Clicks.At(1, "a"), new StreamStep.Process()]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_record_that_is_twice_in_the_table_When_read_Then_the_job_says_so()
    {
        await using var bench = await BenchAsync(landed: 3, trimmedTo: 0);
        var table = await new NaiveLanding(bench.Log, bench.Lake, hasContract: false).OpenAsync();
        var rows = ((MemoryLakeTable)table).Rows;
        using var builder = new BatchBuilder(((MemoryLakeTable)table).Schema);
        builder.AppendRow(rows[1].AsSpan());
        await table.AppendAsync(One(builder.Build()), null, default);
        Assert.Contains("LEAT2154: offset 1 of clicks[0] is in the table twice", (await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([new StreamStep.Process()]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_landed_records_that_are_no_rows_When_read_Then_they_are_dead_letters_with_their_offset()
    {
        await using var bench = new StreamTestBench(() => new HistoryJob(10));
        await bench.Log.CreateTopicAsync("clicks", new TopicOptions { Partitions = 1, Durability = Durability.Never }, default);
        var writer = new TopicWriter(bench.Log);
        await writer.AppendAsync((StreamStep.Event)Clicks.At(1, "a"));
        await writer.AppendAsync(new StreamStep.Event("clicks", """{"campaign":"b"}"""));
        await new NaiveLanding(bench.Log, bench.Lake, hasContract: false).LandAsync(1, 10);
        var result = await bench.RunAsync([new StreamStep.Kill()]);
        Assert.Equal("u a 1", Assert.Single(result.Tables["out"]));
        var dead = Assert.Single(result.Topics["clicks.dlq"]);
        Assert.Equal("LEAT2111", dead.Code);
        Assert.Contains("\"campaign\":\"b\"", dead.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_job_that_read_the_topic_alone_When_it_gets_a_history_Then_it_goes_on_from_its_offsets()
    {
        int? window = null;
        await using var bench = new StreamTestBench(() => new HistoryJob(window));
        await bench.PlayAsync([Clicks.At(1, "a", user: "1"), Clicks.At(2, "a", user: "2"), new StreamStep.Checkpoint()]);
        await new NaiveLanding(bench.Log, bench.Lake, hasContract: true).LandAsync(1, 10);
        window = 10;
        var result = await bench.RunAsync([new StreamStep.Kill(), Clicks.At(3, "a", user: "3")]);
        Assert.Equal<string>(["1 a 1", "2 a 1", "3 a 1"], [.. result.Tables["out"]]);
    }

    private static async Task<StreamTestBench> BenchAsync(int landed, int trimmedTo)
    {
        var bench = new StreamTestBench(() => new HistoryJob(10));
        await bench.Log.CreateTopicAsync("clicks", new TopicOptions { Partitions = 1, Durability = Durability.Never }, default);
        var writer = new TopicWriter(bench.Log);
        for (var i = 0; i < 10; i++) await writer.AppendAsync((StreamStep.Event)Clicks.At(i, "a"));
        await new NaiveLanding(bench.Log, bench.Lake, hasContract: false).LandAsync(1, landed);
        await bench.Log.DeleteRecordsAsync(new TopicPartition("clicks", 0), trimmedTo, default);
        return bench;
    }

    /// <summary>Removes records that are landed from the topic, as retention does.</summary>
    private static async Task TrimAsync(IEventLog log, NaiveLanding landing, Random random)
    {
        for (var p = 0; p < Partitions; p++) await log.DeleteRecordsAsync(new TopicPartition("clicks", p), random.NextInt64(await landing.EndAsync(p) + 1), default);
    }

    private static async IAsyncEnumerable<Batch> One(Batch batch)
    {
        yield return batch;
        await Task.CompletedTask;
    }

    private static StreamStep Stop(Random random) => random.Next(4) switch
    {
        0 => new StreamStep.Kill(),
        1 => new StreamStep.Checkpoint(),
        2 => new StreamStep.Process(),
        _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)),
    };
}
