using Leat.Conformance;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>The n-th write, fsync or rename fails, for n = 1, 2, 3 ..., while transactions, compaction and retention run: no false acknowledgement.</summary>
public sealed class BusyFaultTests : IDisposable
{
    private const int Transactions = 14;
    private static readonly TopicPartition Keyed = new("keyed", 0);
    private static readonly TopicPartition Short = new("short", 0);
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Given_the_nth_operation_fails_When_reopened_Then_acknowledged_is_stored_and_aborted_is_not_seen(bool diskFull, bool once)
    {
        for (var n = 1; ; n += Property.Full ? 1 : 5)
        {
            Assert.True(n < 3000, "the scenario never ran clean");
            var folder = Path.Combine(_folder.Path, $"{n}");
            var faults = new CountedFaults(n, diskFull ? FileFault.DiskFull(n % 90) : FileFault.Broken(n % 90), once);
            var said = new Said();
            try
            {
                await using var log = await Open(folder, faults);
                await Run(log, said);
            }
            catch (LeatException e) when (e.Code is "LEAT2010" or "LEAT2014")
            {
                // Not opened: nothing was promised.
            }
            try
            {
                await Audit(folder, said);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"n={n}: {faults.Hit}", e);
            }
            Directory.Delete(folder, true);
            if (faults.Raised) continue;
            Assert.Equal(Transactions * 2, said.Records.Count);
            return;
        }
    }

    private async Task<EmbeddedLog> Open(string folder, IFileFaults? faults)
    {
        var log = EmbeddedLog.Open(folder, new EmbeddedLogParts { Time = _time, Files = new DurableFiles(faults), Options = KeyedHistory.LogOptions });
        try
        {
            await log.CreateTopicAsync(Keyed.Topic, KeyedHistory.Options, default);
            await log.CreateTopicAsync(Short.Topic, new TopicOptions { SegmentBytes = 64 << 10, RetentionBytes = 100_000 }, default);
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    /// <summary>Transactions of one record in each topic; every third is aborted, and one that met an error too.</summary>
    private static async Task Run(EmbeddedLog log, Said said)
    {
        for (var i = 0; i < Transactions; i++)
        {
            var good = true;
            foreach (var partition in (TopicPartition[])[Keyed, Short])
            {
                var value = $"{i}:{new string((char)('a' + i), 14_000)}";
                var answer = await log.Send(new ClientBatch(($"k{i % 4}", value)) { ProducerId = 100 + i, Epoch = 0, Sequence = 0, Transactional = true }, null, partition);
                if (answer.Error == KafkaError.None) said.Records.Add((partition, answer.BaseOffset, i, value));
                else good = false;
            }
            var commit = good && i % 3 != 2;
            foreach (var partition in (TopicPartition[])[Keyed, Short])
            {
                if (await log.End(100 + i, 0, commit, partition) == KafkaError.None) said.Ends[(partition, i)] = commit;
            }
            if (i % 4 == 3) await log.UpkeepAsync(default);
        }
    }

    private async Task Audit(string folder, Said said)
    {
        await using var log = await Open(folder, null);
        Assert.DoesNotContain(log.Recoveries, r => r.Kind != LogRecoveryKind.TornTail);
        foreach (var partition in (TopicPartition[])[Keyed, Short])
        {
            for (var i = 0; i < Transactions; i++) Assert.Equal(KafkaError.None, await log.End(100 + i, 1, commit: false, partition));
            await Compare(log, partition, said);
            await log.UpkeepAsync(default);
            await Compare(log, partition, said);
        }
    }

    private static async Task Compare(EmbeddedLog log, TopicPartition partition, Said said)
    {
        var info = await log.DescribeAsync(partition, default);
        var seen = (await log.ReadAsClient(committedOnly: true, info.StartOffset, 30_000, partition)).ToDictionary(r => r.Offset);
        Assert.Equal(seen.Count, seen.Values.Select(r => r.Value).Distinct().Count());
        foreach (var (of, offset, number, value) in said.Records.Where(r => r.Partition == partition && r.Offset >= info.StartOffset))
        {
            var isSeen = seen.TryGetValue(offset, out var record);
            if (isSeen) Assert.Equal(value, record!.Value);
            if (!said.Ends.TryGetValue((of, number), out var commit)) continue; // the answer was an error: either may be
            if (!commit) Assert.False(isSeen, $"{partition}@{offset} of an aborted transaction is seen");
            else Assert.True(isSeen || (partition == Keyed && seen.Values.Any(r => r.Key == $"k{number % 4}" && r.Offset > offset)), $"{partition}@{offset} of a committed transaction is not seen");
        }
    }

    /// <summary>What the log acknowledged.</summary>
    private sealed class Said
    {
        public List<(TopicPartition Partition, long Offset, int Number, string Value)> Records { get; } = [];

        public Dictionary<(TopicPartition Partition, int Number), bool> Ends { get; } = [];
    }
}
