using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Random histories of append, read, orderly and disorderly reopen, compared with a list in memory.</summary>
public sealed class HistoryTests
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 200 : 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Given_a_random_history_When_compared_with_the_model_Then_equal(int seed)
    {
        using var history = new History(seed);
        try
        {
            await history.RunAsync(steps: 150);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"property failed; replay with seed {seed}", e);
        }
    }

    private sealed class History(int seed) : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Random _random = new(seed);
        private readonly List<string> _model = [];
        private readonly List<long> _times = [];
        private readonly Dictionary<string, AppendResult> _keys = [];
        private EmbeddedLog _log = null!;
        private int _generation;

        public async Task RunAsync(int steps)
        {
            _log = await Open();
            for (var step = 0; step < steps; step++)
            {
                var what = _random.Next(100);
                if (what < 60) await Append();
                else if (what < 80) await Read();
                else if (what < 90) await AskTime();
                else if (what < 96) await Reopen();
                else await Crash();
            }
            Assert.Equal(_model, await LogText.ReadAllAsync(_log, Batches.First, 0, 5000));
            await _log.DisposeAsync();
        }

        public void Dispose() => _folder.Dispose();

        private Task<EmbeddedLog> Open() => Batches.Open(
            Path.Combine(_folder.Path, $"{_generation}"),
            new EmbeddedLogParts { Options = new EmbeddedLogOptions { IndexIntervalBytes = 4096 } },
            new TopicOptions { SegmentBytes = 64 << 10, Durability = (Durability)(seed % 3) });

        private async Task Append()
        {
            var batch = new RecordBatchBuilder();
            var lines = new List<string>();
            var key = _random.Next(3) == 0 ? $"k{_random.Next(40)}" : null;
            var count = _random.Next(1, 15);
            for (var i = 0; i < count; i++)
            {
                var (time, value) = (_random.Next(100_000), new string((char)('a' + _random.Next(26)), _random.Next(_random.Next(4) == 0 ? 3000 : 40)));
                batch.Add(time, [], System.Text.Encoding.UTF8.GetBytes(value));
                lines.Add($"{_model.Count + i} {time} ={value}{(key is not null && i == 0 ? $" {WellKnownHeaders.IdempotencyKey}:{key}" : "")}");
            }
            var result = await _log.AppendAsync(Batches.First, batch, key, default);
            if (key is not null && _keys.TryGetValue(key, out var before))
            {
                Assert.Equal(before with { Duplicate = true }, result);
                return;
            }
            Assert.Equal(new AppendResult(_model.Count, count, false), result);
            if (key is not null) _keys[key] = result;
            _model.AddRange(lines);
            _times.AddRange(lines.Select(l => long.Parse(l.Split(' ')[1])));
        }

        private async Task Read()
        {
            var from = _random.Next(_model.Count + 1);
            Assert.Equal(_model.Skip(from), await LogText.ReadAllAsync(_log, Batches.First, from, _random.Next(1, 20_000)));
        }

        private async Task AskTime()
        {
            var time = _random.Next(110_000);
            var expected = _times.FindIndex(t => t >= time);
            Assert.Equal(expected < 0 ? _model.Count : expected, await _log.OffsetAtAsync(Batches.First, time, default));
        }

        private async Task Reopen()
        {
            await _log.DisposeAsync();
            _log = await Open();
            Assert.Empty(_log.Recoveries);
        }

        /// <summary>Goes on with a copy of the files, taken while the log was open, with a torn write at its end.</summary>
        private async Task Crash()
        {
            var (from, to) = (Path.Combine(_folder.Path, $"{_generation}"), Path.Combine(_folder.Path, $"{_generation + 1}"));
            CrashImage.Copy(from, to);
            await _log.DisposeAsync();
            Directory.Delete(from, true);
            var torn = new byte[_random.Next(1, 200)];
            _random.NextBytes(torn);
            var last = CrashImage.Segments(to, "t")[^1];
            var wasEmpty = new FileInfo(last).Length == 0;
            using (var file = new FileStream(last, FileMode.Append)) file.Write(torn);
            _generation++;
            _log = await Open();
            Assert.True(wasEmpty || _log.Recoveries.Single().Bytes == torn.Length);
        }
    }
}
