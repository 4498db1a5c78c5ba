using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Producer ids, fencing, states and errors of transactions.</summary>
public sealed class TransactionCoordinatorTests
{
    [Fact]
    public async Task Given_a_second_producer_When_it_is_opened_Then_the_first_is_fenced_everywhere()
    {
        await using var script = await TransactionScript.OpenAsync();
        var first = await script.Init();
        Assert.Equal(KafkaError.None, await script.Add(first));
        var second = await script.Init();
        Assert.Equal((first.ProducerId, 2), (second.ProducerId, (int)second.ProducerEpoch));
        Assert.Equal(KafkaError.ProducerFenced, await script.Add(first));
        Assert.Equal(KafkaError.ProducerFenced, await script.AddGroup(first));
        Assert.Equal(KafkaError.InvalidProducerEpoch, await script.CommitOffset(first, 1));
        Assert.Equal(KafkaError.ProducerFenced, (await script.End(first, commit: true)).Error);
        Assert.Equal(KafkaError.InvalidProducerEpoch, script.Transactions.TryAppend(first.ProducerId, first.ProducerEpoch, TransactionScript.First, out _));
        Assert.Equal(KafkaError.InvalidProducerIdMapping, await script.Add(first with { ProducerId = 99 }));
    }

    [Fact]
    public async Task Given_timeouts_out_of_range_When_asked_for_Then_they_are_refused()
    {
        await using var script = await TransactionScript.OpenAsync();
        Assert.Equal(KafkaError.InvalidTransactionTimeout, (await script.Init(timeoutSeconds: 901)).Error);
        Assert.Equal(KafkaError.InvalidTransactionTimeout, (await script.Init(timeoutSeconds: 0)).Error);
        Assert.Equal(KafkaError.None, (await script.Init(timeoutSeconds: 900)).Error);
    }

    [Fact]
    public async Task Given_an_end_whose_answer_was_lost_When_it_is_repeated_Then_it_is_answered_alike_and_the_opposite_refused()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        Assert.Equal(KafkaError.InvalidTxnState, (await script.End(producer, commit: true)).Error);
        _ = await script.Add(producer);
        for (var i = 0; i < 3; i++) Assert.Equal(producer, await script.End(producer, commit: true));
        Assert.Equal(KafkaError.InvalidTxnState, (await script.End(producer, commit: false)).Error);
        await script.ReopenAsync();
        Assert.Equal(producer, await script.End(producer, commit: true));
        _ = await script.Add(producer);
        var next = await script.End(producer, commit: false, nextEpoch: true);
        Assert.Equal(producer.ProducerEpoch + 1, next.ProducerEpoch);
        Assert.Equal(next, await script.End(producer, commit: false, nextEpoch: true));
        Assert.Equal(KafkaError.InvalidTxnState, (await script.End(producer, commit: true, nextEpoch: true)).Error);
    }

    [Fact]
    public async Task Given_a_delayed_end_When_the_next_transaction_is_open_Then_it_does_not_touch_it()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        _ = await script.Add(producer);
        var next = await script.End(producer, commit: true, nextEpoch: true);
        Assert.Equal(KafkaError.None, await script.Add(next));
        Assert.Equal(KafkaError.ProducerFenced, (await script.End(producer, commit: true, nextEpoch: true)).Error);
        Assert.Equal(KafkaError.ProducerFenced, (await script.End(producer, commit: false)).Error);
        Assert.Equal(KafkaError.None, script.Transactions.TryAppend(next.ProducerId, next.ProducerEpoch, TransactionScript.First, out var lease));
        lease!.Dispose();
        Assert.Equal(KafkaError.None, (await script.End(next, commit: true)).Error);
    }

    [Fact]
    public async Task Given_clients_that_keep_their_epoch_When_an_end_comes_late_over_an_older_connection_Then_it_is_refused()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        _ = await script.Add(producer, connection: 1);
        Assert.Equal(KafkaError.None, (await script.End(producer, commit: true, connection: 2)).Error);
        Assert.Equal(KafkaError.None, await script.Add(producer, connection: 2));
        Assert.Equal(KafkaError.InvalidTxnState, (await script.End(producer, commit: true, connection: 1)).Error);
        Assert.Equal(KafkaError.InvalidTxnState, await script.Add(producer, new TopicPartition("t", 1), connection: 1));
        Assert.Equal(KafkaError.None, script.Transactions.TryAppend(producer.ProducerId, producer.ProducerEpoch, TransactionScript.First, out var lease));
        lease!.Dispose();
    }

    [Fact]
    public async Task Given_an_append_under_way_When_the_transaction_ends_Then_the_end_waits_and_later_appends_are_refused()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        _ = await script.Add(producer);
        Assert.Equal(KafkaError.InvalidTxnState, script.Transactions.TryAppend(producer.ProducerId, producer.ProducerEpoch, new TopicPartition("t", 1), out _));
        Assert.Equal(KafkaError.None, script.Transactions.TryAppend(producer.ProducerId, producer.ProducerEpoch, TransactionScript.First, out var lease));
        var end = script.End(producer, commit: true).AsTask();
        Assert.Equal(KafkaError.InvalidTxnState, script.Transactions.TryAppend(producer.ProducerId, producer.ProducerEpoch, TransactionScript.First, out _));
        await Task.Delay(30);
        Assert.False(end.IsCompleted);
        lease!.Dispose();
        Assert.Equal(KafkaError.None, (await end).Error);
    }

    [Fact]
    public async Task Given_offsets_of_an_open_transaction_When_fetched_Then_stable_readers_wait_and_the_commit_counts()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        Assert.Equal(KafkaError.InvalidTxnState, await script.CommitOffset(producer, 5));
        Assert.Equal(KafkaError.None, await script.AddGroup(producer));
        Assert.Equal(KafkaError.None, await script.CommitOffset(producer, 5));
        Assert.Equal(KafkaError.UnstableOffsetCommit, (await script.Fetch(stable: true)).Error);
        Assert.Equal(-1, (await script.Fetch(stable: false)).Offset);
        _ = await script.End(producer, commit: true);
        Assert.Equal((KafkaError.None, 5), ((await script.Fetch(stable: true)).Error, (await script.Fetch(stable: true)).Offset));
    }

    [Fact]
    public async Task Given_an_unknown_partition_When_added_with_others_Then_none_is_added()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        var request = new AddPartitionsToTransaction(TransactionScript.Id, producer.ProducerId, producer.ProducerEpoch, [TransactionScript.First, new TopicPartition("t", 9)]);
        var answer = await script.Transactions.AddPartitionsAsync(request, default);
        Assert.Equal([KafkaError.OperationNotAttempted, KafkaError.UnknownTopicOrPartition], answer.Partitions.Select(p => p.Error));
        Assert.Equal(KafkaError.InvalidTxnState, (await script.End(producer, commit: true)).Error);
    }

    [Fact]
    public async Task Given_a_producer_that_goes_on_after_an_error_When_it_gives_its_epoch_Then_only_the_present_one_may()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        var next = await script.Init(producer.ProducerId, producer.ProducerEpoch);
        Assert.Equal((producer.ProducerId, 1), (next.ProducerId, (int)next.ProducerEpoch));
        Assert.Equal(next, await script.Init(producer.ProducerId, producer.ProducerEpoch));
        _ = await script.Add(next);
        Assert.Equal(KafkaError.ProducerFenced, (await script.Init(producer.ProducerId, producer.ProducerEpoch)).Error);
        Assert.Equal(KafkaError.ProducerFenced, (await script.Init(producer.ProducerId + 1, 0)).Error);
    }

    [Fact]
    public async Task Given_restarts_When_producer_ids_are_given_Then_none_is_given_twice()
    {
        await using var script = await TransactionScript.OpenAsync();
        var given = new HashSet<long>();
        for (var life = 0; life < 3; life++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 1100).Select(_ => script.Transactions.InitProducerIdAsync(new InitProducerId(null, TimeSpan.Zero), default).AsTask()));
            Assert.All(answers, a => Assert.True(given.Add(a.ProducerId), $"{a.ProducerId} was given twice"));
            await script.ReopenAsync();
        }
    }

    [Fact]
    public async Task Given_the_last_epoch_When_a_transaction_ends_Then_the_producer_goes_on_with_a_new_id()
    {
        await using var script = await TransactionScript.OpenAsync();
        var first = await script.Init();
        var record = new TransactionRecord(TransactionScript.Id, first.ProducerId, short.MaxValue - 2) { Timeout = TimeSpan.FromMinutes(1) };
        var batch = new RecordBatchBuilder();
        batch.Add(1, TransactionCodec.Transaction(record).Key, TransactionCodec.Transaction(record).Value);
        _ = await script.Log.AppendAsync(new TopicPartition(TransactionCoordinator.TopicName, 0), batch, null, default);
        await script.ReopenAsync();
        var producer = new ProducerAnswer(KafkaError.None, first.ProducerId, short.MaxValue - 2);
        Assert.Equal(KafkaError.None, await script.Add(producer));
        var next = await script.End(producer, commit: true, nextEpoch: true);
        Assert.Equal((KafkaError.None, 0, false), (next.Error, (int)next.ProducerEpoch, next.ProducerId == first.ProducerId));
        Assert.Equal(next, await script.End(producer, commit: true, nextEpoch: true));
        Assert.Equal(KafkaError.None, await script.Add(next));
        Assert.Equal(KafkaError.InvalidProducerIdMapping, await script.Add(producer));
    }
}
