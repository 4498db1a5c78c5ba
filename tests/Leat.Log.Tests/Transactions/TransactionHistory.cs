using System.Text;

namespace Leat.Log.Tests;

/// <summary>A random history of transactions on one partition, compared with a list in memory.</summary>
internal sealed class TransactionHistory(int seed, string root) : IDisposable
{
    private readonly Random _random = new(seed);
    private readonly List<Entry> _model = [];
    private readonly Dictionary<long, (short Epoch, int Sequence, bool Open)> _producers = [];
    private readonly TopicOptions _options = new() { SegmentBytes = 64 << 10, Durability = (Durability)(seed % 3), Compression = seed % 2 == 0 ? null : Compression.Lz4 };
    private EmbeddedLog _log = null!;
    private int _generation;
    private long _start;

    private enum Fate
    {
        Open,
        Committed,
        Aborted,
        Marker,
    }

    private string Folder => Path.Combine(root, $"{_generation}");

    public async Task RunAsync(int steps)
    {
        _log = await Batches.Open(Folder, null, _options);
        for (var step = 0; step < steps; step++)
        {
            var what = _random.Next(100);
            if (what < 45) await Send();
            else if (what < 55) await Plain();
            else if (what < 80) await End();
            else if (what < 88) await Check();
            else if (what < 92) await DeleteSome();
            else await Reopen(kill: what >= 96);
        }
        foreach (var producer in _producers.Where(p => p.Value.Open).Select(p => p.Key).ToList()) await End(producer);
        await Check();
        await _log.DisposeAsync();
    }

    public void Dispose()
    {
        if (Directory.Exists(root)) Directory.Delete(root, true);
    }

    /// <summary>What a reader of this process gets, as "offset value".</summary>
    public static async Task<List<string>> ReadCommitted(EmbeddedLog log, long from, int maxBytes)
    {
        var lines = new List<string>();
        await using var reader = log.OpenReader(Batches.First, from);
        while (await reader.ReadAsync(maxBytes, TimeSpan.Zero, default) is { } block)
        {
            using (block)
            {
                var before = lines.Count;
                foreach (ref readonly var record in block) lines.Add($"{record.Offset} {Encoding.UTF8.GetString(record.Value)}");
                Assert.Equal(block.Count, lines.Count - before);
            }
        }
        return lines;
    }

    private async Task Send()
    {
        var producer = _random.Next(1, 5);
        var state = _producers.GetValueOrDefault(producer);
        var values = Enumerable.Range(0, _random.Next(1, 4)).Select(i => $"{producer}.{_model.Count + i}:{new string('x', _random.Next(5) == 0 ? 8000 : 20)}").ToArray();
        var answer = await _log.Send(ClientBatch.Of(values) with { ProducerId = producer, Epoch = state.Epoch, Sequence = state.Sequence, Transactional = true });
        Assert.Equal((KafkaError.None, _model.Count), (answer.Error, answer.BaseOffset));
        _producers[producer] = (state.Epoch, state.Sequence + values.Length, true);
        foreach (var value in values) _model.Add(new Entry(producer, value, Fate.Open));
    }

    private async Task Plain()
    {
        var value = $"plain.{_model.Count}";
        Assert.Equal(_model.Count, (await _log.AppendAsync(Batches.First, Batches.Of(value), null, default)).BaseOffset);
        _model.Add(new Entry(-1, value, Fate.Committed));
    }

    private Task End() => End(_random.Next(1, 5));

    private async Task End(long producer)
    {
        var state = _producers.GetValueOrDefault(producer);
        var (commit, epoch) = (_random.Next(2) == 0, (short)(state.Epoch + _random.Next(2)));
        Assert.Equal(KafkaError.None, await _log.End(producer, epoch, commit));
        if (!state.Open) return;
        _producers[producer] = epoch == state.Epoch ? (epoch, state.Sequence, false) : (epoch, 0, false);
        for (var i = 0; i < _model.Count; i++)
        {
            if (_model[i].Producer == producer && _model[i].Fate == Fate.Open) _model[i] = _model[i] with { Fate = commit ? Fate.Committed : Fate.Aborted };
        }
        // A transaction whose records were all deleted may be forgotten with them, so that its marker ends nothing.
        if ((await _log.Fetch(_start, 1, committedOnly: false)).HighWatermark == _model.Count && !_model.Skip((int)_start).Any(e => e.Producer == producer && e.Fate != Fate.Marker)) return;
        _model.Add(new Entry(producer, "", Fate.Marker));
    }

    private async Task DeleteSome()
    {
        if (_model.Count < 10) return;
        var wanted = _random.Next((int)_start, _model.Count + 1);
        Assert.Equal(Math.Max(_start, wanted), await _log.DeleteRecordsAsync(Batches.First, wanted, default));
        _start = Math.Max(_start, wanted);
    }

    private async Task Check()
    {
        var info = await _log.DescribeAsync(Batches.First, default);
        Assert.Equal(_start, info.StartOffset);
        // Where a transaction began in deleted records is known to the snapshot alone: without it, it begins at what is left of it.
        var stable = info.EndOffsetExcl;
        Assert.Contains(stable, new[] { Stable(_model.FindIndex(e => e.Fate == Fate.Open)), Stable(_model.FindIndex((int)_start, e => e.Fate == Fate.Open)) });
        var from = _random.Next((int)_start, (int)stable + 1);
        var expected = _model.Select((e, i) => (e.Fate, Offset: i, Line: $"{i} {e.Value}")).Where(e => e.Fate == Fate.Committed && e.Offset >= from && e.Offset < stable).Select(e => e.Line).ToList();
        var maxBytes = _random.Next(1, 30_000);
        Assert.Equal(expected, await ReadCommitted(_log, from, maxBytes));
        Assert.Equal(expected, (await _log.ReadAsClient(committedOnly: true, from, maxBytes)).Select(r => $"{r.Offset} {r.Value}"));
        var all = _model.Select((e, i) => (e.Fate, Offset: i, Line: $"{i} {e.Value}")).Where(e => e.Fate != Fate.Marker && e.Offset >= from).Select(e => e.Line);
        Assert.Equal(all, (await _log.ReadAsClient(committedOnly: false, from, maxBytes)).Select(r => $"{r.Offset} {r.Value}"));
    }

    private long Stable(int firstOpen) => Math.Max(_start, firstOpen < 0 ? _model.Count : firstOpen);

    private async Task Reopen(bool kill)
    {
        var from = Folder;
        _generation++;
        if (!kill) await _log.DisposeAsync();
        CrashImage.Copy(from, Folder);
        await _log.DisposeAsync();
        Directory.Delete(from, true);
        foreach (var side in Directory.GetFiles(Folder, _random.Next(2) == 0 ? "*.producers" : "*.index", SearchOption.AllDirectories))
        {
            if (_random.Next(2) == 0) File.Delete(side);
        }
        _log = await Batches.Open(Folder, null, _options);
        Assert.Empty(_log.Recoveries);
        await Check();
    }

    private sealed record Entry(long Producer, string Value, Fate Fate);
}
