using System.Text;
using Leat.Conformance;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Everything that can happen to a partition, at random, beside <see cref="LogModel"/>.</summary>
internal sealed class LogHistory(int seed, string root) : IDisposable
{
    private readonly Random _random = new(seed);
    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly LogModel _model = new();
    private readonly Dictionary<string, AppendResult> _keys = [];
    private readonly Dictionary<long, (int Sequence, bool Open)> _producers = [];
    private readonly TopicOptions _options = new()
    {
        SegmentBytes = 64 << 10,
        Cleanup = seed % 2 == 0 ? CleanupPolicy.Delete : CleanupPolicy.CompactAndDelete,
        RetentionBytes = 150_000,
        DirtyRatio = 0,
        TombstoneRetention = TimeSpan.FromDays(1),
        Compression = seed % 3 == 0 ? Compression.Zstd : null,
    };

    private EmbeddedLog _log = null!;
    private PowerCutDisk? _disk;
    private int _generation;

    /// <summary>Power cuts that happened.</summary>
    public int Cuts { get; private set; }

    private string Folder => Path.Combine(root, $"{_generation}");

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task RunAsync(int steps)
    {
        await Open();
        for (var step = 0; step < steps; step++) await Guarded(Step);
        await Guarded(async () =>
        {
            foreach (var producer in _producers.Keys.ToList()) await Finish(producer);
            await CheckAll();
        });
        await _log.DisposeAsync();
    }

    public void Dispose()
    {
        if (Directory.Exists(root)) Directory.Delete(root, true);
    }

    /// <summary>A step that changes nothing may meet the cut too.</summary>
    private async Task Guarded(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (_disk is { Cut: true } && e is (LeatException or Xunit.Sdk.EqualException))
        {
            await AfterCut(0, null);
        }
        if (_disk is { Cut: true }) await AfterCut(0, null);
    }

    private async Task Step()
    {
        var what = _random.Next(100);
        if (what < 20) await Append();
        else if (what < 32) await Produce();
        else if (what < 45) await Produce(transactional: true);
        else if (what < 58) await Finish(_random.Next(10, 13));
        else if (what < 72) await CheckAll();
        else if (what < 78) await AskTime();
        else if (what < 82) await DeleteSome();
        else if (what < 90) await Upkeep();
        else await Reopen(kill: what >= 95);
        _time.Advance(TimeSpan.FromSeconds(_random.Next(20)));
    }

    private async Task Open(bool mayCut = true)
    {
        _disk = null;
        if (mayCut && _random.Next(2) == 0)
        {
            _disk = new PowerCutDisk(Folder, Path.Combine(root, $"{_generation + 1}"), _random.Next(12, 70), _random);
            _disk.TakeAsStored();
        }
        try
        {
            _log = await Batches.Open(Folder, new EmbeddedLogParts { Time = _time, Files = new DurableFiles(_disk), Options = KeyedHistory.LogOptions }, _options);
        }
        catch (LeatException) when (_disk is { Cut: true })
        {
            await AfterCut(0, null, isOpen: false);
        }
    }

    private (string? Key, string? Value)[] Records() =>
        [.. Enumerable.Range(0, _random.Next(1, 5)).Select(i => ((string?)$"k{_random.Next(15)}", _random.Next(8) == 0 ? null : Noise(_random.Next(5) == 0 ? 4000 : 20)))];

    private async Task Append()
    {
        var (records, batch, time) = (Records(), new RecordBatchBuilder(), NowMs);
        foreach (var (name, value) in records)
        {
            if (value is null) batch.AddTombstone(time, Encoding.UTF8.GetBytes(name!), []);
            else batch.Add(time, Encoding.UTF8.GetBytes(name!), Encoding.UTF8.GetBytes(value));
        }
        var key = _random.Next(2) == 0 ? $"key{_random.Next(30)}" : null;
        var known = key is not null && _keys.ContainsKey(key);
        var mayBeForgotten = known && (_keys[key!].BaseOffset < _model.Start || (_model.MayBeCompacted && Cuts > 0)); // keys go with their segment; the index that keeps those of compacted records is not fsynced
        void Note()
        {
            if (key is not null) _keys[key] = new AppendResult(_model.End, records.Length, true);
            foreach (var (name, value) in records) _model.Add(new(name, value, time, -1, LogModel.Fate.Committed));
        }
        try
        {
            var result = await _log.AppendAsync(Batches.First, batch, key, default);
            known &= !mayBeForgotten || result.Duplicate;
            if (mayBeForgotten && known) Assert.Equal(_keys[key!].BaseOffset, result.BaseOffset);
            else Assert.Equal(known ? _keys[key!] : new AppendResult(_model.End, records.Length, false), result);
        }
        catch (LeatException) when (_disk is { Cut: true })
        {
            await AfterCut(known && !mayBeForgotten ? 0 : records.Length, Note);
            return;
        }
        if (!known) Note();
    }

    private async Task Produce(bool transactional = false)
    {
        var producer = _random.Next(1, 4) + (transactional ? 9 : 0);
        var state = _producers.GetValueOrDefault(producer);
        var (records, time) = (Records(), NowMs);
        var batch = new ClientBatch(records) { ProducerId = producer, Epoch = 0, Sequence = state.Sequence, Transactional = transactional, TimeMs = time, Compression = (Compression)_random.Next(5) };
        var answer = await _log.Send(batch);
        void Note()
        {
            _producers[producer] = (state.Sequence + records.Length, transactional);
            foreach (var (name, value) in records) _model.Add(new(name, value, time, producer, transactional ? LogModel.Fate.Open : LogModel.Fate.Committed));
        }
        if (answer.Error != KafkaError.None && _disk is { Cut: true })
        {
            await AfterCut(records.Length, Note);
            return;
        }
        Assert.Equal((KafkaError.None, _model.End), (answer.Error, answer.BaseOffset));
        if (_random.Next(3) == 0 && (await _log.Send(batch)) is var again && _disk is not { Cut: true }) Assert.Equal((KafkaError.None, _model.End), (again.Error, again.BaseOffset));
        Note();
    }

    private async Task Finish(long producer)
    {
        if (!_producers.TryGetValue(producer, out var state) || !state.Open) return;
        var commit = _random.Next(3) > 0;
        void Note()
        {
            _producers[producer] = (state.Sequence, false);
            _model.Finish(producer, commit);
        }
        var error = await _log.End(producer, 0, commit);
        if (error != KafkaError.None && _disk is { Cut: true })
        {
            await AfterCut(1, Note);
            return;
        }
        Assert.Equal(KafkaError.None, error);
        var forgotten = !_model.HasOpenAfterStart(producer) && (await _log.Fetch(_model.Start, 1, committedOnly: false)).HighWatermark == _model.End;
        if (forgotten) _producers[producer] = (state.Sequence, false); // with its records, which were all deleted: the marker ends nothing
        else Note();
    }

    private async Task DeleteSome()
    {
        var wanted = _random.Next((int)_model.Start, (int)_model.End + 1);
        try
        {
            Assert.Equal(wanted, await _log.DeleteRecordsAsync(Batches.First, wanted, default));
            _model.Start = wanted;
        }
        catch (LeatException) when (_disk is { Cut: true })
        {
            await AfterCut(0, null, startUpTo: wanted);
        }
    }

    private async Task Upkeep()
    {
        _model.MayBeCompacted = _options.Cleanup == CleanupPolicy.CompactAndDelete;
        await _log.UpkeepAsync(default);
        if (_disk is { Cut: true }) await AfterCut(0, null, startUpTo: _model.StableEnd);
        else await TakeStart(_model.StableEnd);
    }

    private async Task AskTime()
    {
        var time = NowMs - _random.Next(400_000);
        var found = await _log.OffsetAtAsync(Batches.First, time, default);
        var required = _model.Required(0).Where(o => _model.At(o).TimeMs >= time).ToList();
        Assert.InRange(found, _model.Start, required.Count > 0 ? required[0] : _model.StableEnd);
        if (found < _model.StableEnd) Assert.True(_model.At(found).TimeMs >= time && _model.At(found).Fate == LogModel.Fate.Committed, $"offset {found} is of {_model.At(found).TimeMs}, asked for {time}");
    }

    private async Task Reopen(bool kill)
    {
        var from = Folder;
        if (!kill) await _log.DisposeAsync();
        if (_disk is { Cut: true })
        {
            await AfterCut(0, null, isOpen: kill);
            return;
        }
        _generation++;
        if (Directory.Exists(Folder)) Directory.Delete(Folder, true);
        CrashImage.Copy(from, Folder);
        await _log.DisposeAsync();
        if (_disk is { Cut: true }) Directory.Delete(Path.Combine(root, $"{_generation}"), true);
        if (!Directory.Exists(Folder)) CrashImage.Copy(from, Folder);
        Directory.Delete(from, true);
        await Open();
        await CheckAll();
    }

    /// <summary>Goes on with what the power cut left. What was under way is there whole or not at all.</summary>
    private async Task AfterCut(int offsets, Action? note, long startUpTo = -1, bool isOpen = true)
    {
        Cuts++;
        if (isOpen) await _log.DisposeAsync();
        _generation++;
        await Open(mayCut: false);
        var end = (await _log.Fetch(_model.Start, 1, committedOnly: false)).HighWatermark;
        if (end < 0) end = (await _log.DescribeAsync(Batches.First, default)).EndOffsetExcl;
        Assert.True(end == _model.End || (note is not null && end == _model.End + offsets), $"the end is {end}, acknowledged was {_model.End}, {offsets} under way");
        if (end > _model.End) note!();
        await TakeStart(startUpTo);
        await CheckAll();
    }

    /// <summary>Retention, or a deletion under way, may have moved the start.</summary>
    private async Task TakeStart(long upTo)
    {
        var start = (await _log.DescribeAsync(Batches.First, default)).StartOffset;
        if (start == _model.Start) return;
        Assert.InRange(start, _model.Start, upTo);
        _model.Start = start;
    }

    private async Task CheckAll()
    {
        var info = await _log.DescribeAsync(Batches.First, default);
        Assert.Equal((_model.Start, _model.StableEnd), (info.StartOffset, info.EndOffsetExcl));
        var from = _random.Next((int)_model.Start, (int)_model.StableEnd + 1);
        _model.Check(await _log.ReadAsClient(committedOnly: true, from, _random.Next(1, 30_000)), from);
        _model.Check(await Read(from, _random.Next(1, 30_000)), from);
    }

    private async Task<List<WireRecord>> Read(long from, int maxBytes)
    {
        var records = new List<WireRecord>();
        await using var reader = _log.OpenReader(Batches.First, from);
        while (await reader.ReadAsync(maxBytes, TimeSpan.Zero, default) is { } block)
        {
            using (block)
            {
                foreach (ref readonly var r in block)
                    records.Add(new WireRecord(r.Offset, r.TimestampMs, r.HasKey ? Encoding.UTF8.GetString(r.Key) : null, r.IsTombstone ? null : Encoding.UTF8.GetString(r.Value)));
            }
        }
        return records;
    }

    private string Noise(int bytes)
    {
        var noise = new byte[bytes];
        _random.NextBytes(noise);
        return Convert.ToHexString(noise);
    }
}
