using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Transactions left open, partitions that cannot be written, restarts in between.</summary>
public sealed class TransactionTimeoutTests
{
    [Fact]
    public async Task Given_an_open_transaction_When_its_timeout_is_over_Then_it_is_aborted_and_the_producer_fenced()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        _ = await script.Add(producer);
        _ = await TransactionScript.Append(script.Log, producer, 0, "late");
        _ = await script.Log.AppendAsync(TransactionScript.First, LogValues.Batch("after"), null, default);
        script.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await LogValues.VisibleAsync(script.Log, TransactionScript.First));
        script.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["after"], await LogValues.VisibleAsync(script.Log, TransactionScript.First, 1));
        Assert.Equal(KafkaError.ProducerFenced, (await script.End(producer, commit: true)).Error);
        Assert.Equal(KafkaError.InvalidProducerEpoch, (await TransactionScript.Append(script.Log, producer, 1, "zombie")).Error);
    }

    [Fact]
    public async Task Given_an_open_transaction_When_the_log_is_opened_again_Then_it_goes_on_until_the_rest_of_its_timeout()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        _ = await script.Add(producer);
        script.Time.Advance(TimeSpan.FromSeconds(40));
        await script.ReopenAsync();
        Assert.Equal(KafkaError.None, await script.Add(producer, new TopicPartition("t", 1)));
        script.Time.Advance(TimeSpan.FromSeconds(20));
        await TransactionScript.Until(async () => await script.Add(producer) == KafkaError.ProducerFenced);
    }

    [Fact]
    public async Task Given_a_clock_set_back_When_the_log_is_opened_again_Then_the_timeout_is_not_longer_than_asked_for()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        _ = await script.Add(producer);
        script.Time.AdvanceTo(script.Time.GetUtcNow() - TimeSpan.FromHours(1));
        await script.ReopenAsync();
        Assert.Equal(KafkaError.None, await script.Add(producer, new TopicPartition("t", 1)));
        script.Time.Advance(TimeSpan.FromSeconds(60));
        await TransactionScript.Until(async () => await script.Add(producer) == KafkaError.ProducerFenced);
    }

    [Fact]
    public async Task Given_a_partition_that_cannot_be_written_When_the_transaction_ends_Then_the_decision_stands_and_is_carried_out_later()
    {
        await using var script = await TransactionScript.OpenAsync();
        var batches = new RefusingBatchLog(script.Log);
        await using var coordinator = new TransactionCoordinator(script.Log, batches, script.Log.GroupCoordinator, Coordinators.Parts(script.Time));
        await coordinator.LoadAsync(default);
        var init = new InitProducerId("held", TimeSpan.FromMinutes(1));
        var producer = await coordinator.InitProducerIdAsync(init, default);
        _ = await coordinator.AddPartitionsAsync(new AddPartitionsToTransaction("held", producer.ProducerId, producer.ProducerEpoch, [TransactionScript.First]), default);
        _ = await TransactionScript.Append(script.Log, producer, 0, "kept");
        batches.Refuses = true;
        Assert.Equal(KafkaError.None, (await coordinator.EndAsync(new EndTransaction("held", producer.ProducerId, producer.ProducerEpoch, true), default)).Error);
        Assert.Equal(KafkaError.ConcurrentTransactions, (await coordinator.InitProducerIdAsync(init, default)).Error);
        Assert.Empty(await LogValues.VisibleAsync(script.Log, TransactionScript.First));
        batches.Refuses = false;
        await TransactionScript.Until(async () =>
        {
            script.Time.Advance(TimeSpan.FromSeconds(1));
            return (await LogValues.VisibleAsync(script.Log, TransactionScript.First)).Count > 0;
        });
        Assert.Equal(["kept"], await LogValues.VisibleAsync(script.Log, TransactionScript.First));
    }

    [Fact]
    public async Task Given_an_unused_transactional_id_When_the_retention_is_over_Then_it_is_forgotten()
    {
        await using var script = await TransactionScript.OpenAsync();
        var producer = await script.Init();
        script.Time.Advance(TimeSpan.FromDays(8));
        await TransactionScript.Until(() => Task.FromResult(!script.Transactions.IsPresent(TransactionScript.Id, producer.ProducerId, producer.ProducerEpoch)));
        Assert.Equal(KafkaError.InvalidProducerIdMapping, await script.Add(producer));
        var next = await script.Init();
        Assert.NotEqual(producer.ProducerId, next.ProducerId);
    }

    [Fact]
    public async Task Given_a_batch_that_is_too_large_When_appended_Then_LEAT2012_and_the_transaction_goes_on()
    {
        await using var script = await TransactionScript.OpenAsync();
        _ = await script.Log.CreateTopicAsync("small", new TopicOptions { MaxBatchBytes = 1024 }, default);
        var small = new TopicPartition("small", 0);
        await using var producer = await script.Log.OpenProducerAsync("p", TimeSpan.FromMinutes(1), default);
        await producer.BeginAsync(default);
        var error = await Assert.ThrowsAsync<Leat.Core.LeatException>(async () => await producer.AppendAsync(small, LogValues.Batch(new string('x', 2000)), default));
        Assert.Equal("LEAT2012", error.Code);
        _ = await producer.AppendAsync(small, LogValues.Batch("fits"), default);
        await producer.CommitAsync(default);
        Assert.Equal(["fits"], await LogValues.VisibleAsync(script.Log, small));
    }
}
