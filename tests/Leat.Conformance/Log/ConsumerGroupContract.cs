using Leat.Core;
using Leat.Log;

namespace Leat.Conformance;

/// <summary>What consumer groups of every <see cref="IEventLog"/> promise. Inherit and give it a log whose groups wait little for their first members.</summary>
public abstract class ConsumerGroupContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);
    private static readonly string Run = $"{Guid.NewGuid():N}"[..8];
    private static int _names;

    /// <summary>A log; may hold topics and groups of earlier tests.</summary>
    protected abstract IEventLog Log { get; }

    /// <summary>Whether the text beside an offset comes back.</summary>
    protected virtual bool KeepsMetadata => true;

    [Fact]
    public async Task Given_three_partitions_When_one_consumer_reads_Then_it_gets_each_record_once_in_the_order_of_its_partition()
    {
        var topic = await Filled(partitions: 3, each: 20);
        await using var consumer = Log.Groups.Join(Options(topic));
        var read = await ReadAsync(consumer, 60);
        for (var p = 0; p < 3; p++) Assert.Equal(Values(p, 20), read.Where(r => r.Partition == p).Select(r => r.Value));
        Assert.Equal(3, consumer.Assignment.Count);
    }

    [Fact]
    public async Task Given_committed_offsets_When_the_next_consumer_joins_Then_it_goes_on_from_there()
    {
        var topic = await Filled(1, 10);
        var options = Options(topic);
        await using (var first = Log.Groups.Join(options))
        {
            _ = await ReadAsync(first, 4);
            await first.CommitAsync([new GroupOffset(new TopicPartition(topic, 0), 4, "four, größer")], default);
        }
        Assert.Equal([new GroupOffset(new TopicPartition(topic, 0), 4, KeepsMetadata ? "four, größer" : "")], await Log.Groups.CommittedAsync(options.Group, default));
        await using var second = Log.Groups.Join(options);
        Assert.Equal(Values(0, 10).Skip(4), (await ReadAsync(second, 6)).Select(r => r.Value));
        await second.CommitAsync(default);
        Assert.Equal(10, (await Log.Groups.CommittedAsync(options.Group, default)).Single().Offset);
    }

    [Fact]
    public async Task Given_nothing_committed_When_the_next_consumer_joins_Then_it_begins_at_the_first_record()
    {
        var topic = await Filled(1, 5);
        var options = Options(topic);
        await using (var first = Log.Groups.Join(options)) _ = await ReadAsync(first, 5);
        await using var second = Log.Groups.Join(options);
        Assert.Equal(Values(0, 5), (await ReadAsync(second, 5)).Select(r => r.Value));
    }

    [Fact]
    public async Task Given_a_group_that_begins_at_the_end_When_records_come_later_Then_it_sees_those_alone()
    {
        var topic = await Filled(1, 5);
        await using var consumer = Log.Groups.Join(Options(topic) with { FromStart = false });
        Assert.Null(await AssignedAsync(consumer, 1));
        await Log.AppendAsync(new TopicPartition(topic, 0), LogValues.Batch("new"), null, default);
        Assert.Equal(["new"], (await ReadAsync(consumer, 1)).Select(r => r.Value));
    }

    [Fact]
    public async Task Given_two_consumers_When_both_read_Then_they_share_the_partitions_and_the_one_that_stays_gets_all()
    {
        var topic = await Filled(4, 0);
        var options = Options(topic);
        await using var first = Log.Groups.Join(options);
        await using (var second = Log.Groups.Join(options))
        {
            await SharedAsync(first, second, 2);
            Assert.Equal(4, first.Assignment.Concat(second.Assignment).Distinct().Count());
        }
        Assert.Null(await AssignedAsync(first, 4));
    }

    [Fact]
    public async Task Given_a_rebalance_When_the_last_work_is_committed_on_giving_up_Then_nothing_is_read_twice()
    {
        var topic = await Filled(2, 50);
        var options = Options(topic);
        await using var first = Log.Groups.Join(options);
        first.OnRevoked = async (_, ct) => await first.CommitAsync(ct);
        var read = await ReadAsync(first, 30);
        await using var second = Log.Groups.Join(options);
        second.OnRevoked = async (_, ct) => await second.CommitAsync(ct);
        using var late = new CancellationTokenSource(Patience);
        while (read.Count < 100)
        {
            foreach (var consumer in (IGroupConsumer[])[first, second])
            {
                using var got = await consumer.ReadAsync(200, TimeSpan.FromMilliseconds(20), late.Token);
                if (got is not null) read.AddRange(LogValues.Of(got.Block).Select(v => (got.Partition.Partition, v)));
            }
        }
        for (var p = 0; p < 2; p++) Assert.Equal(Values(p, 50), read.Where(r => r.Partition == p).Select(r => r.Value));
    }

    [Fact]
    public async Task Given_callbacks_When_partitions_come_and_go_Then_each_is_told_once()
    {
        var topic = await Filled(2, 0);
        var options = Options(topic);
        await using var first = Log.Groups.Join(options);
        var told = new List<string>();
        first.OnAssigned = (all, _) => Tell($"+{all.Count}");
        first.OnRevoked = (all, _) => Tell($"-{all.Count}");
        Assert.Null(await AssignedAsync(first, 2));
        await using var second = Log.Groups.Join(options);
        await SharedAsync(first, second, 1);
        Assert.True(told is ["+2", "-2", "+1"] or ["+2", "-1"], string.Join(' ', told)); // all given up and one taken again, or only what moves (cooperative)

        ValueTask Tell(string what)
        {
            told.Add(what);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task Given_a_partition_of_another_When_committed_Then_LEAT2033()
    {
        var topic = await Filled(1, 1);
        await using var consumer = Log.Groups.Join(Options(topic));
        _ = await ReadAsync(consumer, 1);
        await Fails("LEAT2033", async () => await consumer.CommitAsync([new GroupOffset(new TopicPartition("other", 0), 1)], default));
    }

    [Fact]
    public async Task Given_a_waiting_consumer_When_a_record_comes_to_any_partition_Then_it_wakes()
    {
        var topic = await Filled(3, 0);
        await using var consumer = Log.Groups.Join(Options(topic));
        Assert.Null(await AssignedAsync(consumer, 3));
        var waiting = consumer.ReadAsync(1000, Patience, default).AsTask();
        await Log.AppendAsync(new TopicPartition(topic, 2), LogValues.Batch("now"), null, default);
        using var got = await waiting;
        Assert.Equal((2, "now"), (got!.Partition.Partition, LogValues.Of(got.Block).Single()));
    }

    [Fact]
    public async Task Given_a_group_without_members_When_offsets_are_set_Then_they_are_kept_and_the_lag_is_known()
    {
        var topic = await Filled(2, 10);
        var options = Options(topic);
        GroupOffset[] offsets = [new(new TopicPartition(topic, 0), 3, KeepsMetadata ? "m" : ""), new(new TopicPartition(topic, 1), 10)];
        await Log.Groups.SetOffsetsAsync(options.Group, offsets, default);
        Assert.Equal(offsets, (await Log.Groups.CommittedAsync(options.Group, default)).OrderBy(o => o.Partition.Partition));
        Assert.Equal([7L, 0L], (await Log.Groups.LagAsync(options.Group, default)).OrderBy(l => l.Partition.Partition).Select(l => l.Records));
        await using var consumer = Log.Groups.Join(options);
        Assert.Equal(Values(0, 10).Skip(3), (await ReadAsync(consumer, 7)).Select(r => r.Value));
    }

    [Fact]
    public async Task Given_a_group_with_members_When_it_is_set_or_deleted_Then_LEAT2034_and_afterwards_it_goes()
    {
        var topic = await Filled(1, 3);
        var options = Options(topic);
        await using (var consumer = Log.Groups.Join(options))
        {
            _ = await ReadAsync(consumer, 3);
            await consumer.CommitAsync(default);
            await Fails("LEAT2034", async () => await Log.Groups.SetOffsetsAsync(options.Group, [new GroupOffset(new TopicPartition(topic, 0), 0)], default));
            await Fails("LEAT2034", async () => await Log.Groups.DeleteAsync(options.Group, default));
            Assert.Equal("Stable", (await Log.Groups.ListAsync(default)).Single(g => g.Group == options.Group).State);
        }
        Assert.Equal("Empty", (await Log.Groups.ListAsync(default)).Single(g => g.Group == options.Group).State);
        await Log.Groups.DeleteAsync(options.Group, default);
        Assert.Empty(await Log.Groups.CommittedAsync(options.Group, default));
        Assert.DoesNotContain(await Log.Groups.ListAsync(default), g => g.Group == options.Group);
        await Fails("LEAT2035", async () => await Log.Groups.DeleteAsync(options.Group, default));
    }

    [Fact]
    public async Task Given_an_instance_id_When_a_second_member_takes_it_Then_the_first_fails_with_LEAT2032()
    {
        var topic = await Filled(1, 1);
        var options = Options(topic) with { InstanceId = "one", SessionTimeout = TimeSpan.FromSeconds(6) };
        await using var first = Log.Groups.Join(options);
        _ = await ReadAsync(first, 1);
        await using var second = Log.Groups.Join(options);
        _ = await ReadAsync(second, 1);
        using var late = new CancellationTokenSource(Patience);
        await Fails("LEAT2032", async () =>
        {
            while (true) (await first.ReadAsync(1000, Short, late.Token))?.Dispose();
        });
    }

    /// <summary>A new group over the topic.</summary>
    protected static GroupOptions Options(string topic) => new(Name("group"), [topic]);

    /// <summary>A new topic with values "p.i".</summary>
    protected async Task<string> Filled(int partitions, int each)
    {
        var topic = await Log.CreateTopicAsync(Name("grouped"), new TopicOptions { Partitions = partitions }, default);
        for (var p = 0; p < partitions && each > 0; p++)
        {
            foreach (var value in Values(p, each).Chunk(7)) await Log.AppendAsync(new TopicPartition(topic.Name, p), LogValues.Batch(value), null, default);
        }
        return topic.Name;
    }

    /// <summary>Reads as many records.</summary>
    protected static async Task<List<(int Partition, string Value)>> ReadAsync(IGroupConsumer consumer, int count)
    {
        var read = new List<(int, string)>();
        using var late = new CancellationTokenSource(Patience);
        while (read.Count < count)
        {
            using var got = await consumer.ReadAsync(200, Short, late.Token);
            if (got is not null) read.AddRange(LogValues.Of(got.Block).Select(v => (got.Partition.Partition, v)));
        }
        return read;
    }

    /// <summary>Reads until the consumer holds as many partitions; null, as nothing is to be read.</summary>
    protected static async Task<GroupRead?> AssignedAsync(IGroupConsumer consumer, int partitions)
    {
        using var late = new CancellationTokenSource(Patience);
        while (consumer.Assignment.Count != partitions)
        {
            if (await consumer.ReadAsync(1000, Short, late.Token) is { } read) return read;
        }
        return null;
    }

    /// <summary>Reads with both until each has so many: a consumer that has its share already may still be needed for the other to get its own.</summary>
    private static async Task SharedAsync(IGroupConsumer first, IGroupConsumer second, int each)
    {
        using var late = new CancellationTokenSource(Patience);
        while (first.Assignment.Count != each || second.Assignment.Count != each)
        {
            foreach (var read in await Task.WhenAll(first.ReadAsync(1000, Short, late.Token).AsTask(), second.ReadAsync(1000, Short, late.Token).AsTask())) read?.Dispose();
        }
    }

    private static List<string> Values(int partition, int count) => [.. Enumerable.Range(0, count).Select(i => $"{partition}.{i}")];

    private static string Name(string what) => $"{what}-{Run}-{Interlocked.Increment(ref _names)}";

    private static async Task Fails(string code, Func<Task> action) => Assert.Equal(code, (await Assert.ThrowsAsync<LeatException>(action)).Code);
}
