using Leat.Conformance;

namespace Leat.Streams.Tests.State;

/// <summary>Keyed state that is written while it changes, moved to disk and back, beside a model: what each state file holds is the state at the instant of its last capture.</summary>
public sealed class StateFileTests
{
    [Fact]
    public Task Given_changes_while_a_capture_and_a_pass_are_written_When_loaded_Then_the_state_is_that_of_the_capture() => Seeds.ForAll(40, 2000, seed =>
    {
        Play(seed, null, 0);
        return Task.CompletedTask;
    });

    [Fact]
    public Task Given_rows_that_go_to_disk_and_come_back_When_captured_and_loaded_Then_nothing_is_lost_and_nothing_comes_back_from_the_dead() => Seeds.ForAll(40, 2000, seed =>
    {
        using var folder = new TemporaryFolder();
        Play(seed, folder.Path, 400 + (seed % 5 * 1500));
        return Task.CompletedTask;
    });

    [Fact]
    public void Given_ten_times_the_state_of_the_budget_When_all_keys_were_touched_twice_Then_memory_held_a_part_and_every_key_is_right()
    {
        using var folder = new TemporaryFolder();
        const long Budget = 200_000;
        using var bench = new TallyBench(folder.Path, Budget, 512);
        var model = new TallyModel();
        for (var i = 0; i < 40_000; i++)
        {
            var (key, row) = ($"a key of some length, number {i % 20_000}", 4 + (5 * (i % 7)));
            bench.Process(key, row);
            model.Process(key, row);
            if (i % 500 != 0) continue;
            bench.Capture(whole: false);
            while (bench.Write([]))
            {
            }

            bench.Compact();
            Assert.InRange(bench.InMemory, 0, 3000);
        }

        Assert.True(bench.Spilled > 5 * Budget);
        Assert.Equal(model.Show(), bench.Show(Enumerable.Range(0, 20_000).Select(i => $"a key of some length, number {i}").Order(StringComparer.Ordinal)));
    }

    /// <summary>Random rows, timers, captures, pieces, passes and moves to disk. Files as <c>StateFiles</c> makes them: captures go to both, pieces of the pass to the new one.</summary>
    private static void Play(int seed, string? folder, long budget)
    {
        var random = new Random(seed);
        var keys = Enumerable.Range(0, 5 + (seed % 60)).Select(i => $"a key that does not fit into a view, {i}").Order(StringComparer.Ordinal).ToList();
        using var bench = new TallyBench(folder, budget, 1 + (seed % 4));
        var model = new TallyModel();
        var (file, next) = (new List<byte[]>(), (List<byte[]>?)null);
        var (watermark, writing, scanning, wholeNext, whole) = (0L, false, false, false, false);
        List<string>? expected = null;
        for (var i = 0; i < 600; i++)
        {
            switch (random.Next(12))
            {
                case < 6:
                    var (key, row) = (keys[random.Next(keys.Count)], random.Next(1000));
                    bench.Process(key, row);
                    model.Process(key, row);
                    break;
                case 6 when folder is not null:
                    bench.Compact();
                    break;
                case 7 when random.Next(4) == 0:
                    watermark += random.Next(100);
                    bench.Advance(watermark);
                    model.Advance(watermark);
                    break;
                case 8 when !writing:
                    whole = wholeNext || (next is null && random.Next(4) == 0);
                    if (wholeNext) (file, next, whole) = (next!, null, false);
                    else if (whole) file = [];
                    wholeNext = false;
                    bench.Capture(whole);
                    (writing, expected) = (true, model.Show());
                    break;
                case < 11 when writing:
                    var pieces = new List<byte[]>();
                    writing = bench.Write(pieces);
                    file.AddRange(pieces);
                    next?.AddRange(pieces);
                    if (!writing) Check(file, keys, expected!);
                    break;
                case 9 when next is null && !(writing && whole):
                    bench.BeginScan();
                    (next, scanning) = ([], true);
                    break;
                case 10 or 11 when scanning && !writing:
                    scanning = bench.Scan(next!);
                    wholeNext = !scanning;
                    break;
            }
        }

        Assert.Equal(model.Show(), bench.Show(keys));
        bench.Advance(long.MaxValue / 2);
        model.Advance(long.MaxValue / 2);
        Assert.Equal(model.Fired.Order(StringComparer.Ordinal), bench.Fired.Order(StringComparer.Ordinal));
    }

    private static void Check(List<byte[]> file, List<string> keys, List<string> expected)
    {
        using var restored = new TallyBench(null, 0, 512);
        restored.Load(file);
        Assert.Equal(expected, restored.Show(keys));
    }
}
