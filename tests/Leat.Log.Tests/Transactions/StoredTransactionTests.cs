using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Transactions as the storage engine sees them: batches, markers, and what readers of committed records get.</summary>
public sealed class StoredTransactionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_interleaved_transactions_When_they_end_Then_readers_see_the_committed_ones_and_never_pass_an_open_one()
    {
        await using var log = await Batches.Open(Live);
        await Send(log, 1, 0, "a1");
        await Send(log, 2, 0, "b1");
        await log.AppendAsync(Batches.First, Batches.Of("plain"), null, default);
        await Send(log, 1, 1, "a2");
        await SeesAsync(log, 0, []);
        Assert.Equal(KafkaError.None, await log.End(2, 0, commit: true));
        await SeesAsync(log, 0, []);
        Assert.Equal(KafkaError.None, await log.End(1, 0, commit: false));
        await SeesAsync(log, 6, ["1 b1", "2 plain"]);
        await Send(log, 1, 2, "a3");
        await SeesAsync(log, 6, ["1 b1", "2 plain"]);
        await log.End(1, 0, commit: true);
        await SeesAsync(log, 8, ["1 b1", "2 plain", "6 a3"]);
        Assert.Equal(["0 a1", "1 b1", "2 plain", "3 a2", "6 a3"], (await log.ReadAsClient(committedOnly: false)).Select(Line));
        await using var reader = log.OpenReader(Batches.First, 3);
        using var block = await reader.ReadAsync(1, TimeSpan.Zero, default);
        Assert.Equal((3, 4, 0), (block!.BaseOffset, block.EndOffsetExcl, block.Count));
    }

    [Fact]
    public async Task Given_a_waiting_reader_When_the_transaction_before_it_ends_Then_it_wakes()
    {
        await using var log = await Batches.Open(Live);
        await Send(log, 1, 0, "a");
        await using var reader = log.OpenReader(Batches.First, 0);
        var reading = reader.ReadAsync(1000, TimeSpan.FromSeconds(20), default).AsTask();
        var waiting = ((IBatchLog)log).WhenBeyond(Batches.First, 0, committedOnly: true);
        await log.AppendAsync(Batches.First, Batches.Of("plain"), null, default);
        Assert.False(reading.IsCompleted);
        Assert.True(((IBatchLog)log).WhenBeyond(Batches.First, 1, committedOnly: false).IsCompleted);
        await log.End(1, 0, commit: true);
        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        using var block = await reading;
        Assert.Equal((0, 2), (block!.BaseOffset, block.Count));
    }

    [Fact]
    public async Task Given_markers_When_nothing_is_open_or_the_epoch_is_old_Then_nothing_stored_or_fenced()
    {
        await using var log = await Batches.Open(Live);
        Assert.Equal(KafkaError.None, await log.End(1, 0, commit: true));
        Assert.Equal(KafkaError.UnknownTopicOrPartition, await log.End(1, 0, commit: true, new TopicPartition("t", 9)));
        await Send(log, 1, 0, "a", epoch: 5);
        Assert.Equal(KafkaError.InvalidProducerEpoch, await log.End(1, 4, commit: true));
        Assert.Equal(KafkaError.None, await log.End(1, 6, commit: false));
        Assert.Equal(KafkaError.None, await log.End(1, 6, commit: false));
        Assert.Equal(2, (await log.DescribeAsync(Batches.First, default)).EndOffsetExcl);
        Assert.Equal(KafkaError.InvalidProducerEpoch, (await log.Send(ClientBatch.Of("late") with { ProducerId = 1, Epoch = 5, Sequence = 1, Transactional = true })).Error);
        Assert.Equal(KafkaError.None, (await log.Send(ClientBatch.Of("next") with { ProducerId = 1, Epoch = 6, Sequence = 0, Transactional = true })).Error);
    }

    [Fact]
    public async Task Given_a_repeated_marker_When_the_first_is_still_being_written_Then_it_is_answered_with_it()
    {
        var gate = new WriteGate();
        await using var log = await Batches.Open(Live, new EmbeddedLogParts { Files = new Storage.DurableFiles(gate) });
        await Send(log, 1, 0, "a");
        gate.Close();
        var plain = log.AppendAsync(Batches.First, Batches.Of("plain"), null, default).AsTask();
        await gate.Reached;
        var both = new[] { log.End(1, 0, commit: true).AsTask(), log.End(1, 0, commit: true).AsTask() };
        gate.Fault = Storage.FileFault.Broken();
        gate.Open();
        await Assert.ThrowsAsync<Core.LeatException>(() => plain);
        Assert.Equal([KafkaError.KafkaStorageError, KafkaError.KafkaStorageError], await Task.WhenAll(both));
    }

    [Fact]
    public async Task Given_a_repeated_marker_in_one_group_When_the_group_fails_Then_neither_is_answered_as_stored()
    {
        var gate = new WriteGate();
        await using var log = await Batches.Open(Live, new EmbeddedLogParts { Files = new Storage.DurableFiles(gate) });
        await Send(log, 1, 0, "a");
        gate.Close();
        var plain = log.AppendAsync(Batches.First, Batches.Of("plain"), null, default).AsTask();
        await gate.Reached;
        var both = new[] { log.End(1, 0, commit: true).AsTask(), log.End(1, 0, commit: true).AsTask() };
        gate.FaultFromNow = Storage.FileFault.DiskFull();
        gate.Open();
        await plain;
        Assert.Equal([KafkaError.KafkaStorageError, KafkaError.KafkaStorageError], await Task.WhenAll(both));
        gate.FaultFromNow = null;
        Assert.Equal(KafkaError.None, await log.End(1, 0, commit: true));
        await SeesAsync(log, 3, ["0 a", "1 plain"]);
    }

    [Fact]
    public Task Given_random_transactions_restarts_rolls_and_kills_When_read_Then_exactly_the_committed_in_order() => Property.ForAll(12, 300, async seed =>
    {
        using var history = new TransactionHistory(seed, Path.Combine(_folder.Path, $"{seed}"));
        await history.RunAsync(80);
    });

    private static string Line(WireRecord record) => $"{record.Offset} {record.Value}";

    private static async Task Send(EmbeddedLog log, long producer, int sequence, string value, short epoch = 0) =>
        Assert.Equal(KafkaError.None, (await log.Send(ClientBatch.Of(value) with { ProducerId = producer, Epoch = epoch, Sequence = sequence, Transactional = true })).Error);

    /// <summary>The reader of this process and a Kafka client with its own filter see the same.</summary>
    private static async Task SeesAsync(EmbeddedLog log, long stableEnd, string[] lines)
    {
        Assert.Equal(stableEnd, (await log.DescribeAsync(Batches.First, default)).EndOffsetExcl);
        Assert.Equal(lines, (await log.ReadAsClient(committedOnly: true)).Select(Line));
        Assert.Equal(lines, await TransactionHistory.ReadCommitted(log, 0, 100));
    }
}
