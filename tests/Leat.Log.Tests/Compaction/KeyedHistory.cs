using Leat.Conformance;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Random writing into a compacted topic: plain, packed, transactional, tombstones; passes in between; checked against <see cref="KeyedModel"/>.</summary>
internal sealed class KeyedHistory(int seed)
{
    public static readonly TimeSpan TombstoneRetention = TimeSpan.FromHours(1);
    private readonly Random _random = new(seed);
    private readonly Dictionary<long, (int Sequence, List<long> Open)> _producers = [];

    public ManualTimeProvider Time { get; } = new();

    public KeyedModel Model { get; } = new();

    public static TopicOptions Options { get; } = new() { SegmentBytes = 64 << 10, Cleanup = CleanupPolicy.Compact, TombstoneRetention = TombstoneRetention, DirtyRatio = 0 };

    /// <summary>No pass by itself: the tests say when.</summary>
    public static EmbeddedLogOptions LogOptions { get; } = new() { IndexIntervalBytes = 4096, UpkeepInterval = TimeSpan.FromDays(1) };

    private long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<EmbeddedLog> Open(string folder, IFileFaults? faults = null) => Batches.Open(folder, new EmbeddedLogParts { Time = Time, Files = new DurableFiles(faults), Options = LogOptions }, Options);

    public async Task Step(EmbeddedLog log, bool passes = true)
    {
        var what = _random.Next(100);
        if (what < 45) await Plain(log);
        else if (what < 70) await Send(log);
        else if (what < 85) await End(log, _random.Next(1, 4));
        else if (what < 93 && passes) await log.UpkeepAsync(default);
        else Time.Advance(TimeSpan.FromMinutes(_random.Next(40)));
    }

    public async Task EndAll(EmbeddedLog log)
    {
        foreach (var producer in _producers.Keys.ToList()) await End(log, producer);
    }

    public async Task Check(EmbeddedLog log, string folder)
    {
        var stableEnd = (await log.DescribeAsync(Batches.First, default)).EndOffsetExcl;
        var read = await log.ReadAsClient(committedOnly: true, 0, _random.Next(1, 40_000));
        Model.Check(read, stableEnd, OffsetFile.Read(Path.Combine(folder, "t", "0"), OffsetFile.Compacted), NowMs - (long)TombstoneRetention.TotalMilliseconds);
        Assert.Equal(read.Select(r => $"{r.Offset} {r.Value}"), await TransactionHistory.ReadCommitted(log, 0, _random.Next(1, 40_000)));
    }

    private (string? Key, string? Value)[] Records() =>
        [.. Enumerable.Range(0, _random.Next(1, 6)).Select(i => ((string?)$"k{_random.Next(12)}", _random.Next(5) == 0 ? null : Noise(_random.Next(6) == 0 ? 4500 : 25)))];

    private string Noise(int bytes)
    {
        var noise = new byte[bytes];
        _random.NextBytes(noise);
        return Convert.ToHexString(noise);
    }

    private Compression Packing() => (Compression)_random.Next(5);

    private async Task Plain(EmbeddedLog log)
    {
        var records = Records();
        var answer = await log.Send(new ClientBatch(records) { Compression = Packing(), TimeMs = NowMs });
        Assert.True(answer.Error == KafkaError.None, answer.Message);
        for (var i = 0; i < records.Length; i++) Model.Add(answer.BaseOffset + i, new(records[i].Key!, records[i].Value, NowMs));
    }

    private async Task Send(EmbeddedLog log)
    {
        var producer = _random.Next(1, 4);
        if (!_producers.TryGetValue(producer, out var state)) state = (0, []);
        var records = Records();
        var answer = await log.Send(new ClientBatch(records) { Compression = Packing(), TimeMs = NowMs, ProducerId = producer, Epoch = 0, Sequence = state.Sequence, Transactional = true });
        Assert.True(answer.Error == KafkaError.None, answer.Message);
        for (var i = 0; i < records.Length; i++)
        {
            Model.Add(answer.BaseOffset + i, new(records[i].Key!, records[i].Value, NowMs, Committed: false));
            state.Open.Add(answer.BaseOffset + i);
        }
        _producers[producer] = (state.Sequence + records.Length, state.Open);
    }

    private async Task End(EmbeddedLog log, long producer)
    {
        var commit = _random.Next(2) == 0;
        Assert.Equal(KafkaError.None, await log.End(producer, 0, commit));
        if (!_producers.TryGetValue(producer, out var state)) return;
        Model.End(state.Open, commit);
        state.Open.Clear();
    }
}
