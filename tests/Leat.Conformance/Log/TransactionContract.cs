using Leat.Core;
using Leat.Log;

namespace Leat.Conformance;

/// <summary>What transactions of every <see cref="IEventLog"/> promise. Inherit and give it a log.</summary>
public abstract class TransactionContract
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly string Run = $"{Guid.NewGuid():N}"[..8];
    private static int _names;

    /// <summary>A log; may hold topics of earlier tests.</summary>
    protected abstract IEventLog Log { get; }

    /// <summary>Whether the text beside an offset comes back.</summary>
    protected virtual bool KeepsMetadata => true;

    [Fact]
    public async Task Given_an_open_transaction_When_it_is_committed_Then_all_partitions_show_it_and_not_before()
    {
        var topic = await Topic(2);
        await using var producer = await Open();
        await producer.BeginAsync(default);
        for (var p = 0; p < 2; p++) await producer.AppendAsync(new TopicPartition(topic, p), LogValues.Batch($"a{p}", $"b{p}"), default);
        for (var p = 0; p < 2; p++) Assert.Empty(await LogValues.VisibleAsync(Log, new TopicPartition(topic, p)));
        await producer.CommitAsync(default);
        for (var p = 0; p < 2; p++) Assert.Equal([$"a{p}", $"b{p}"], await LogValues.VisibleAsync(Log, new TopicPartition(topic, p), 2));
    }

    [Fact]
    public async Task Given_an_open_transaction_When_it_is_aborted_Then_nobody_sees_it_and_the_next_goes_through()
    {
        var partition = new TopicPartition(await Topic(1), 0);
        await using var producer = await Open();
        await producer.BeginAsync(default);
        await producer.AppendAsync(partition, LogValues.Batch("dropped"), default);
        await producer.AbortAsync(default);
        await producer.BeginAsync(default);
        await producer.AppendAsync(partition, LogValues.Batch("kept"), default);
        await producer.CommitAsync(default);
        Assert.Equal(["kept"], await LogValues.VisibleAsync(Log, partition, 1));
    }

    [Fact]
    public async Task Given_an_open_transaction_When_others_append_Then_readers_wait_and_then_see_all_in_order()
    {
        var partition = new TopicPartition(await Topic(1), 0);
        await Log.AppendAsync(partition, LogValues.Batch("before"), null, default);
        await using var producer = await Open();
        await producer.BeginAsync(default);
        await producer.AppendAsync(partition, LogValues.Batch("inside"), default);
        await Log.AppendAsync(partition, LogValues.Batch("beside"), null, default);
        Assert.Equal(["before"], await LogValues.VisibleAsync(Log, partition));
        await producer.CommitAsync(default);
        Assert.Equal(["before", "inside", "beside"], await LogValues.VisibleAsync(Log, partition, 3));
    }

    [Fact]
    public async Task Given_a_second_producer_of_the_same_id_When_opened_Then_the_first_is_fenced_and_what_it_left_is_aborted()
    {
        var partition = new TopicPartition(await Topic(1), 0);
        var id = Name("id");
        await using var zombie = await Log.OpenProducerAsync(id, Timeout, default);
        await zombie.BeginAsync(default);
        await zombie.AppendAsync(partition, LogValues.Batch("zombie"), default);
        await using var producer = await Log.OpenProducerAsync(id, Timeout, default);
        await producer.BeginAsync(default);
        await producer.AppendAsync(partition, LogValues.Batch("alive"), default);
        await Fails("LEAT2030", async () => await zombie.CommitAsync(default));
        await Fails("LEAT2030", async () => await zombie.AppendAsync(partition, LogValues.Batch("late"), default));
        await producer.CommitAsync(default);
        Assert.Equal(["alive"], await LogValues.VisibleAsync(Log, partition, 1));
    }

    [Fact]
    public async Task Given_calls_at_the_wrong_time_When_made_Then_LEAT2031()
    {
        var partition = new TopicPartition(await Topic(1), 0);
        await using var producer = await Open();
        await Fails("LEAT2031", async () => await producer.AppendAsync(partition, LogValues.Batch("x"), default));
        await Fails("LEAT2031", async () => await producer.CommitAsync(default));
        await Fails("LEAT2031", async () => await producer.AbortAsync(default));
        await producer.BeginAsync(default);
        await Fails("LEAT2031", async () => await producer.BeginAsync(default));
        await producer.CommitAsync(default);
    }

    [Fact]
    public async Task Given_offsets_in_a_transaction_When_it_ends_Then_they_count_with_the_commit_alone()
    {
        var topic = await Topic(1);
        var partition = new TopicPartition(topic, 0);
        var group = Name("group");
        for (var i = 0; i < 9; i++) await Log.AppendAsync(partition, LogValues.Batch("x"), null, default);
        await using var producer = await Open();
        await producer.BeginAsync(default);
        await producer.SendOffsetsAsync(group, [new GroupOffset(partition, 5, "m")], default);
        Assert.Empty(await Log.Groups.CommittedAsync(group, default));
        await producer.AbortAsync(default);
        Assert.Empty(await Log.Groups.CommittedAsync(group, default));
        await producer.BeginAsync(default);
        await producer.SendOffsetsAsync(group, [new GroupOffset(partition, 7, "m")], default);
        await producer.CommitAsync(default);
        Assert.Equal([new GroupOffset(partition, 7, KeepsMetadata ? "m" : "")], await CommittedAsync(group));
    }

    [Fact]
    public async Task Given_two_producers_When_transactions_overlap_and_some_abort_Then_each_is_seen_whole_and_in_its_order()
    {
        var topic = await Topic(2);
        var expected = await Task.WhenAll(Produce("a", 3), Produce("b", 4));
        for (var p = 0; p < 2; p++)
        {
            var seen = await LogValues.VisibleAsync(Log, new TopicPartition(topic, p), expected.Sum(e => e.Count));
            Assert.Equal(expected[0], seen.Where(v => v[0] == 'a'));
            Assert.Equal(expected[1], seen.Where(v => v[0] == 'b'));
        }

        async Task<List<string>> Produce(string name, int abortEvery)
        {
            await using var producer = await Open();
            var committed = new List<string>();
            for (var i = 1; i <= 20; i++)
            {
                string[] values = [$"{name}{i}.0", $"{name}{i}.1"];
                await producer.BeginAsync(default);
                for (var p = 0; p < 2; p++) await producer.AppendAsync(new TopicPartition(topic, p), LogValues.Batch(values), default);
                if (i % abortEvery == 0)
                {
                    await producer.AbortAsync(default);
                    continue;
                }
                await producer.CommitAsync(default);
                committed.AddRange(values);
            }
            return committed;
        }
    }

    [Fact]
    public async Task Given_a_copy_that_dies_again_and_again_When_it_is_done_Then_each_record_is_there_once_and_in_order()
    {
        var (source, target, group, id) = (new TopicPartition(await Topic(1), 0), new TopicPartition(await Topic(1), 0), Name("group"), Name("copy"));
        var values = Enumerable.Range(0, 60).Select(i => $"{i}").ToArray();
        foreach (var value in values.Chunk(5)) await Log.AppendAsync(source, LogValues.Batch(value), null, default);
        for (var life = 0; life < 30 && (await LogValues.VisibleAsync(Log, target)).Count < values.Length; life++) await CopyAsync(source, target, (group, id), dieAfter: life % 4);
        Assert.Equal(values, await LogValues.VisibleAsync(Log, target, values.Length));
    }

    /// <summary>The next five values, in however many blocks they come.</summary>
    private static async Task<List<string>> FiveAsync(ILogReader reader)
    {
        var values = new List<string>();
        while (values.Count < 5 && await reader.ReadAsync(1, TimeSpan.Zero, default) is { } block)
        {
            using (block) values.AddRange(LogValues.Of(block));
        }
        return values;
    }

    /// <summary>Copies five records a transaction; dies, without ending it, in the one after <paramref name="dieAfter"/> others.</summary>
    private async Task CopyAsync(TopicPartition source, TopicPartition target, (string Group, string Id) names, int dieAfter)
    {
        var producer = await Log.OpenProducerAsync(names.Id, Timeout, default);
        var from = (await Log.Groups.CommittedAsync(names.Group, default)) is [var first, ..] ? first.Offset : 0;
        await using var reader = Log.OpenReader(source, from);
        for (var done = 0; await FiveAsync(reader) is { Count: > 0 } values; done++)
        {
            await producer.BeginAsync(default);
            await producer.AppendAsync(target, LogValues.Batch([.. values]), default);
            await producer.SendOffsetsAsync(names.Group, [new GroupOffset(source, reader.Position)], default);
            if (done >= dieAfter) return;
            await producer.CommitAsync(default);
        }
    }

    /// <summary>The group's offsets as soon as there are any.</summary>
    private async Task<IReadOnlyList<GroupOffset>> CommittedAsync(string group)
    {
        for (var i = 0; i < 500 && (await Log.Groups.CommittedAsync(group, default)).Count == 0; i++) await Task.Delay(10);
        return await Log.Groups.CommittedAsync(group, default);
    }

    private ValueTask<ITransactionalProducer> Open() => Log.OpenProducerAsync(Name("id"), Timeout, default);

    private async Task<string> Topic(int partitions) => (await Log.CreateTopicAsync(Name("transacted"), new TopicOptions { Partitions = partitions }, default)).Name;

    private static string Name(string what) => $"{what}-{Run}-{Interlocked.Increment(ref _names)}";

    private static async Task Fails(string code, Func<Task> action) => Assert.Equal(code, (await Assert.ThrowsAsync<LeatException>(action)).Code);
}
