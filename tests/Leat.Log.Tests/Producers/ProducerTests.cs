using Leat.Conformance;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Idempotent producers: sequences, epochs, memory across restarts.</summary>
public sealed class ProducerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_five_batches_When_any_is_sent_again_Then_the_first_offset_and_the_sixth_oldest_is_out_of_order()
    {
        await using var log = await Batches.Open(Live);
        for (var i = 0; i < 6; i++) Assert.Equal((KafkaError.None, i * 2), await Send(log, 7, 0, i * 2, 2));
        for (var i = 1; i < 6; i++) Assert.Equal((KafkaError.None, i * 2), await Send(log, 7, 0, i * 2, 2));
        Assert.Equal(KafkaError.OutOfOrderSequenceNumber, (await Send(log, 7, 0, 0, 2)).Error);
        Assert.Equal(KafkaError.OutOfOrderSequenceNumber, (await Send(log, 7, 0, 14, 2)).Error);
        Assert.Equal(KafkaError.OutOfOrderSequenceNumber, (await Send(log, 7, 0, 10, 1)).Error);
        Assert.Equal((KafkaError.None, 12), await Send(log, 7, 0, 12, 1));
        Assert.Equal(13, (await log.DescribeAsync(Batches.First, default)).EndOffsetExcl);
    }

    [Fact]
    public async Task Given_a_newer_epoch_When_the_old_one_writes_Then_fenced_and_the_new_one_begins_at_0()
    {
        await using var log = await Batches.Open(Live);
        Assert.Equal((KafkaError.None, 0), await Send(log, 7, 3, 5, 1));
        Assert.Equal(KafkaError.OutOfOrderSequenceNumber, (await Send(log, 7, 4, 6, 1)).Error);
        Assert.Equal((KafkaError.None, 1), await Send(log, 7, 4, 0, 1));
        Assert.Equal(KafkaError.InvalidProducerEpoch, (await Send(log, 7, 3, 6, 1)).Error);
        Assert.Equal(KafkaError.InvalidProducerEpoch, (await Send(log, 7, 3, 5, 1)).Error);
        Assert.Equal((KafkaError.None, 2), await Send(log, 8, 0, 0, 1));
    }

    [Fact]
    public async Task Given_the_last_sequence_number_When_going_on_Then_at_0_and_a_batch_across_it_is_known_again()
    {
        await using (var log = await Batches.Open(Live))
        {
            Assert.Equal((KafkaError.None, 0), await Send(log, 7, 0, int.MaxValue - 3, 2));
            Assert.Equal((KafkaError.None, 2), await Send(log, 7, 0, int.MaxValue - 1, 4));
            Assert.Equal((KafkaError.None, 6), await Send(log, 7, 0, 2, 1));
            Assert.Equal((KafkaError.None, 2), await Send(log, 7, 0, int.MaxValue - 1, 4));
        }
        foreach (var file in Directory.GetFiles(Live, "*.producers", SearchOption.AllDirectories)) File.Delete(file);
        await using var again = EmbeddedLog.Open(Live);
        Assert.Equal((KafkaError.None, 2), await Send(again, 7, 0, int.MaxValue - 1, 4));
        Assert.Equal((KafkaError.None, 7), await Send(again, 7, 0, 3, 1));
    }

    [Fact]
    public async Task Given_retries_that_wait_with_the_first_try_When_stored_Then_once_and_all_get_its_offset()
    {
        var gate = new WriteGate();
        await using var log = await Batches.Open(Live, new EmbeddedLogParts { Files = new DurableFiles(gate) });
        gate.Close();
        var first = Send(log, 1, 0, 0, 1); // held in its write, so that the others meet in one group
        await gate.Reached;
        var others = Enumerable.Range(0, 30).Select(i => Send(log, 7, 0, i % 3, 1)).ToList();
        var refused = Send(log, 7, 0, 9, 1);
        gate.Open();
        Assert.Equal((KafkaError.None, 0), await first);
        var answers = await Task.WhenAll(others);
        for (var i = 0; i < 30; i++) Assert.Equal((KafkaError.None, 1 + (i % 3)), answers[i]);
        Assert.Equal(KafkaError.OutOfOrderSequenceNumber, (await refused).Error);
        Assert.Equal(4, (await log.DescribeAsync(Batches.First, default)).EndOffsetExcl);
    }

    [Fact]
    public async Task Given_a_group_that_the_disk_refuses_When_sent_again_Then_stored_not_taken_for_a_duplicate()
    {
        var gate = new WriteGate();
        await using var log = await Batches.Open(Live, new EmbeddedLogParts { Files = new DurableFiles(gate) });
        Assert.Equal((KafkaError.None, 0), await Send(log, 7, 0, 0, 1));
        gate.Fault = FileFault.DiskFull(30);
        Assert.Equal(KafkaError.KafkaStorageError, (await Send(log, 7, 0, 1, 1)).Error);
        Assert.Equal(KafkaError.KafkaStorageError, (await Send(log, 8, 0, 0, 1)).Error);
        gate.Fault = null;
        Assert.Equal((KafkaError.None, 1), await Send(log, 7, 0, 1, 1));
        Assert.Equal((KafkaError.None, 2), await Send(log, 8, 0, 0, 1));
    }

    [Fact]
    public async Task Given_more_producers_than_are_kept_When_they_return_Then_those_silent_for_longest_are_new()
    {
        var time = new ManualTimeProvider();
        var parts = new EmbeddedLogParts { Time = time, Options = new EmbeddedLogOptions { Producers = 100, ProducerExpiry = TimeSpan.FromHours(1) } };
        await using var log = await Batches.Open(Live, parts);
        for (var i = 0; i < 101; i++)
        {
            Assert.Equal(KafkaError.None, (await Send(log, i, 0, 0, 1)).Error);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }
        Assert.Equal((KafkaError.None, 101), await Send(log, 0, 0, 0, 1));
        Assert.Equal((KafkaError.None, 100), await Send(log, 100, 0, 0, 1));
        Assert.Equal((KafkaError.None, 50), await Send(log, 50, 0, 0, 1));
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(KafkaError.None, (await Send(log, 50, 0, 1, 1)).Error);
        time.Advance(TimeSpan.FromMinutes(2));
        await log.UpkeepAsync(default);
        Assert.Equal((KafkaError.None, 102), await Send(log, 50, 0, 1, 1));
        Assert.Equal((KafkaError.None, 103), await Send(log, 60, 0, 0, 1));
    }

    [Fact]
    public Task Given_random_retries_restarts_and_kills_When_compared_with_the_model_Then_equal() => Property.ForAll(15, 400, async seed =>
    {
        var random = new Random(seed);
        var model = new ProducerModel();
        var sent = new List<(long Producer, short Epoch, int Sequence, int Count)>();
        var generation = 0;
        string Folder() => Path.Combine(_folder.Path, $"{seed}-{generation}");
        var options = new TopicOptions { SegmentBytes = 64 << 10, Durability = (Durability)(seed % 3) };
        var log = await Batches.Open(Folder(), null, options);
        for (var step = 0; step < 120; step++)
        {
            if (random.Next(15) == 0)
            {
                var from = Folder();
                generation++;
                if (random.Next(2) == 0) await log.DisposeAsync();
                CrashImage.Copy(from, Folder());
                await log.DisposeAsync();
                Directory.Delete(from, true);
                foreach (var side in Directory.GetFiles(Folder(), random.Next(2) == 0 ? "*.producers" : "*.index", SearchOption.AllDirectories))
                {
                    if (random.Next(2) == 0) File.Delete(side);
                }
                log = await Batches.Open(Folder(), null, options);
                Assert.Empty(log.Recoveries);
            }
            var next = Next(random, sent);
            sent.Add(next);
            Assert.Equal(model.Send(next.Producer, next.Epoch, next.Sequence, next.Count), await Send(log, next.Producer, next.Epoch, next.Sequence, next.Count, random.Next(4) == 0 ? 9000 : 10));
            Assert.Equal(model.End, (await log.DescribeAsync(Batches.First, default)).EndOffsetExcl);
        }
        await log.DisposeAsync();
        Directory.Delete(Folder(), true);
    });

    /// <summary>Usually what the producer should send next, often a repetition, sometimes nonsense.</summary>
    private static (long Producer, short Epoch, int Sequence, int Count) Next(Random random, List<(long Producer, short Epoch, int Sequence, int Count)> sent)
    {
        var producer = random.Next(4);
        var last = sent.FindLast(s => s.Producer == producer);
        var what = random.Next(10);
        if (what < 3 && sent.Count > 0) return sent[^random.Next(1, Math.Min(12, sent.Count) + 1)];
        if (what == 3) return (producer, (short)random.Next(3), random.Next(3), random.Next(1, 4));
        if (what == 4) return (producer, (short)(last.Epoch + 1), 0, random.Next(1, 4));
        return (producer, last.Epoch, last.Count == 0 && random.Next(3) == 0 ? int.MaxValue - 2 : (int)((last.Sequence + (long)last.Count) % (1L << 31)), random.Next(1, 4));
    }

    private static async Task<(KafkaError Error, long Offset)> Send(EmbeddedLog log, long producer, short epoch, int sequence, int count, int bytes = 10)
    {
        var answer = await log.Send(ClientBatch.Of([.. Enumerable.Repeat(new string('x', bytes), count)]) with { ProducerId = producer, Epoch = epoch, Sequence = sequence });
        return (answer.Error, answer.BaseOffset);
    }
}
