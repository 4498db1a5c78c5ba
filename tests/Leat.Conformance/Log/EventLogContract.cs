using System.Text;
using Leat.Core;
using Leat.Log;

namespace Leat.Conformance;

/// <summary>What every <see cref="IEventLog"/> promises. Inherit and give it a log; topics are named uniquely.</summary>
public abstract partial class EventLogContract
{
    private static int _topics;

    /// <summary>A log; may hold topics of earlier tests.</summary>
    protected abstract IEventLog Log { get; }

    [Fact]
    public virtual async Task Given_a_new_topic_When_described_Then_it_is_empty_and_found_by_name()
    {
        var topic = await Topic(3);
        Assert.Equal(3, topic.Partitions);
        Assert.Equal(topic, await Log.FindTopicAsync(topic.Name, default));
        Assert.Contains(topic, await Log.ListTopicsAsync(default));
        var info = await Log.DescribeAsync(new TopicPartition(topic.Name, 2), default);
        Assert.Equal((0, 0, -1), (info.StartOffset, info.EndOffsetExcl, info.MaxTimestampMs));
    }

    [Fact]
    public virtual async Task Given_a_topic_When_created_again_Then_the_same_partitions_are_fine_and_others_are_LEAT2003()
    {
        var topic = await Topic(2);
        Assert.Equal(topic, await Log.CreateTopicAsync(topic.Name, new TopicOptions { Partitions = 2 }, default));
        await Fails("LEAT2003", async () => await Log.CreateTopicAsync(topic.Name, new TopicOptions { Partitions = 5 }, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("später")]
    public async Task Given_an_invalid_name_When_a_topic_is_created_Then_LEAT2002(string name) =>
        await Fails("LEAT2002", async () => await Log.CreateTopicAsync(name, new TopicOptions(), default));

    [Fact]
    public async Task Given_no_such_topic_When_used_Then_LEAT2001_and_null()
    {
        await Fails("LEAT2001", async () => await Log.AppendAsync(new TopicPartition("not-there", 0), Batch("x"), null, default));
        Assert.Null(await Log.FindTopicAsync("not-there", default));
    }

    [Fact]
    public async Task Given_records_with_everything_When_read_Then_all_parts_come_back()
    {
        var partition = await Partition();
        var batch = new RecordBatchBuilder();
        batch.Add(1_700_000_000_000, "key"u8, "value"u8, [new("h1", "v1"), new("h2", "größer")]);
        batch.Add(1_699_999_999_000, [], []);
        batch.AddTombstone(1_700_000_000_500, "gone"u8, []);
        Assert.Equal(new AppendResult(0, 3, false), await Log.AppendAsync(partition, batch, null, default));
        var read = await ReadAll(partition, 0);
        Assert.Equal(["0 1700000000000 key=value h1:v1 h2:größer", "1 1699999999000 =", "2 1700000000500 gone=null"], read);
        Assert.Equal(1_700_000_000_500, (await Log.DescribeAsync(partition, default)).MaxTimestampMs);
    }

    [Fact]
    public async Task Given_many_appends_When_read_from_each_offset_Then_exactly_the_records_from_there()
    {
        var partition = await Partition();
        for (var i = 0; i < 20; i++) await Log.AppendAsync(partition, Batch([.. Enumerable.Range(0, (i % 4) + 1).Select(j => $"{i}.{j}")]), null, default);
        var all = await ReadAll(partition, 0);
        Assert.Equal(50, all.Count);
        for (var from = 0; from <= all.Count; from++) Assert.Equal(all.Skip(from), await ReadAll(partition, from));
    }

    [Fact]
    public async Task Given_the_same_key_When_appended_again_Then_nothing_is_stored_and_the_first_result_is_told()
    {
        var partition = await Partition();
        await Log.AppendAsync(partition, Batch("before"), null, default);
        var first = await Log.AppendAsync(partition, Batch("a", "b"), "key-1", default);
        var again = await Log.AppendAsync(partition, Batch("a", "b"), "key-1", default);
        Assert.Equal(new AppendResult(1, 2, false), first);
        Assert.Equal(new AppendResult(1, 2, true), again);
        Assert.Equal(3, (await Log.DescribeAsync(partition, default)).EndOffsetExcl);
    }

    [Fact]
    public async Task Given_racing_appends_of_one_key_When_all_are_answered_Then_one_was_stored()
    {
        var partition = await Partition();
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await Log.AppendAsync(partition, Batch("x"), "same", default))));
        Assert.Single(results, r => !r.Duplicate);
        Assert.All(results, r => Assert.Equal((0, 1), (r.BaseOffset, r.Count)));
        Assert.Single(await ReadAll(partition, 0));
    }

    [Fact]
    public async Task Given_eight_producers_When_all_are_acknowledged_Then_each_record_is_stored_once_and_in_order()
    {
        var partition = await Partition();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(producer => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) await Log.AppendAsync(partition, Batch($"{producer}:{2 * i}", $"{producer}:{(2 * i) + 1}"), null, default);
        })));
        var values = (await ReadAll(partition, 0)).Select(r => r.Split('=')[1].Split(':')).ToList();
        Assert.Equal(800, values.Count);
        foreach (var producer in values.GroupBy(v => v[0])) Assert.Equal(Enumerable.Range(0, 100), producer.Select(v => int.Parse(v[1])));
    }

    [Fact]
    public async Task Given_a_waiting_reader_When_records_arrive_Then_it_wakes_and_without_them_it_returns_null()
    {
        var partition = await Partition();
        await using var reader = Log.OpenReader(partition, 0);
        Assert.Null(await reader.ReadAsync(1000, TimeSpan.Zero, default));
        Assert.Null(await reader.ReadAsync(1000, TimeSpan.FromMilliseconds(20), default));
        var waiting = reader.ReadAsync(1000, TimeSpan.FromSeconds(30), default).AsTask();
        Assert.False(waiting.IsCompleted);
        await Log.AppendAsync(partition, Batch("now"), null, default);
        using var block = await waiting;
        Assert.Equal((0, 1, 1), (block!.BaseOffset, block.EndOffsetExcl, block.Count));
        Assert.Equal(1, reader.Position);
    }

    [Fact]
    public async Task Given_a_waiting_reader_When_cancelled_Then_OperationCanceledException()
    {
        await using var reader = Log.OpenReader(await Partition(), 0);
        using var stop = new CancellationTokenSource();
        var waiting = reader.ReadAsync(1000, TimeSpan.FromSeconds(30), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Given_an_offset_outside_When_read_Then_LEAT2020_names_both_ends()
    {
        var partition = await Partition();
        await Log.AppendAsync(partition, Batch("x"), null, default);
        await using var reader = Log.OpenReader(partition, 7);
        var error = await Fails("LEAT2020", async () => await reader.ReadAsync(1000, TimeSpan.Zero, default));
        Assert.Contains("0 to 1", error.What);
    }

    [Fact]
    public async Task Given_a_batch_larger_than_asked_When_read_Then_it_comes_whole()
    {
        var partition = await Partition();
        await Log.AppendAsync(partition, Batch(new string('x', 300_000)), null, default);
        await using var reader = Log.OpenReader(partition, 0);
        using var block = await reader.ReadAsync(10, TimeSpan.Zero, default);
        Assert.Equal(1, block!.Count);
    }

    [Fact]
    public virtual async Task Given_records_out_of_time_order_When_asked_by_time_Then_the_first_offset_at_or_after_it()
    {
        var partition = await Partition();
        long[] times = [100, 300, 200, 300, 500];
        foreach (var time in times)
        {
            var batch = new RecordBatchBuilder();
            batch.Add(time, [], "x"u8);
            await Log.AppendAsync(partition, batch, null, default);
        }
        (long At, long Offset)[] expected = [(0, 0), (100, 0), (101, 1), (300, 1), (301, 4), (500, 4), (501, 5)];
        foreach (var (at, offset) in expected) Assert.Equal(offset, await Log.OffsetAtAsync(partition, at, default));
    }

    /// <summary>A batch with one record a value, times 1, 2, 3 ...</summary>
    protected static RecordBatchBuilder Batch(params string[] values)
    {
        var batch = new RecordBatchBuilder();
        for (var i = 0; i < values.Length; i++) batch.Add(i + 1, [], Encoding.UTF8.GetBytes(values[i]));
        return batch;
    }

    /// <summary>A new topic.</summary>
    protected async Task<TopicInfo> Topic(int partitions) =>
        await Log.CreateTopicAsync($"contract-{Interlocked.Increment(ref _topics)}", new TopicOptions { Partitions = partitions }, default);

    /// <summary>The only partition of a new topic.</summary>
    protected async Task<TopicPartition> Partition() => new((await Topic(1)).Name, 0);

    /// <summary>All records as text: offset, time, key=value, headers.</summary>
    protected Task<List<string>> ReadAll(TopicPartition partition, long from) => LogText.ReadAllAsync(Log, partition, from);

    private static async Task<LeatException> Fails(string code, Func<Task> action)
    {
        var error = await Assert.ThrowsAsync<LeatException>(action);
        Assert.Equal(code, error.Code);
        return error;
    }
}
