using System.Text;
using Leat.Core;
using Leat.Streams.Aggregates;
using Leat.Streams.Kernels;

namespace Leat.Streams.Tests;

/// <summary>Estimates beside exact answers, within the bounds that their docs state.</summary>
public sealed class SketchTests
{
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999UL)]
    [InlineData("a", 0xD24EC4F1A98C6E5BUL)]
    [InlineData("abc", 0x44BC2CF5AD770999UL)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1UL)]
    public void Given_texts_with_known_hashes_When_hashed_Then_they_are_those_of_XXH64(string text, ulong hash) => Assert.Equal(hash, XxHash64.Of(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(14)]
    public void Given_many_sets_When_distinct_values_are_estimated_Then_errors_are_those_stated(int precision)
    {
        var standard = 1.04 / Math.Sqrt(1 << precision);
        foreach (var size in new[] { 1, 100, 1 << precision, 20 << precision })
        {
            var errors = Enumerable.Range(1, 40).Select(seed => (Estimate(precision, seed, size).Estimate() / size) - 1).ToList();
            var bound = size <= 1 << (precision - 3) ? 0.0001 : standard;
            Assert.True(errors.TrueForAll(e => Math.Abs(e) < 5 * bound), $"{size} values: worst {errors.Max(Math.Abs):0.####}, standard {standard:0.####}");
            Assert.True(Math.Sqrt(errors.Average(e => e * e)) < 1.5 * bound, $"{size} values: {Math.Sqrt(errors.Average(e => e * e)):0.####}, standard {standard:0.####}");
            Assert.True(Math.Abs(errors.Average()) < bound, $"{size} values: biased by {errors.Average():0.####}");
        }
    }

    [Fact]
    public Task Given_a_set_in_parts_When_merged_in_any_order_with_repetitions_Then_the_estimate_is_the_same_to_the_last_bit() => Seeds.ForAll(40, 2000, seed =>
    {
        var random = new Random(seed);
        var (precision, size) = (random.Next(4, 15), random.Next(1, 6000));
        var hashes = Enumerable.Range(0, size).Select(i => HashOf(seed, i)).ToArray();
        var parts = Enumerable.Range(0, random.Next(1, 8)).Select(_ => new HyperLogLog(precision)).ToArray();
        var whole = new HyperLogLog(precision);
        foreach (var hash in hashes)
        {
            whole.Add(hash);
            for (var times = random.Next(1, 3); times > 0; times--) parts[random.Next(parts.Length)].Add(hash);
        }

        random.Shuffle(parts);
        var merged = new HyperLogLog(precision);
        foreach (var part in parts) merged.Merge(part);
        Assert.Equal((whole.Estimate(), whole.IsSparse), (merged.Estimate(), merged.IsSparse));
        return Task.CompletedTask;
    });

    [Fact]
    public Task Given_checkpoints_of_what_is_new_When_loaded_in_order_Then_the_estimate_is_the_same_to_the_last_bit() => Seeds.ForAll(40, 2000, seed =>
    {
        var random = new Random(seed);
        var precision = random.Next(4, 13);
        var (held, replica) = (new HyperLogLog(precision), new HyperLogLog(precision));
        for (var epoch = 0; epoch < 20; epoch++)
        {
            for (var i = random.Next(random.Next(2) == 0 ? 10 : 1000); i > 0; i--) held.Add(HashOf(seed, random.Next(20_000)));
            if (random.Next(4) == 0) held.Merge(Estimate(precision, seed, random.Next(3000)));
            var whole = random.Next(6) == 0;
            if (whole) replica.Clear();
            var writer = new StateWriter();
            held.Write(writer, whole);
            replica.Load(new StateReader(writer.Written));
            Assert.Equal((held.Estimate(), held.IsSparse), (replica.Estimate(), replica.IsSparse));
        }

        return Task.CompletedTask;
    });

    [Fact]
    public Task Given_numbers_of_any_distribution_in_parts_When_quantiles_are_estimated_Then_their_ranks_are_off_by_no_more_than_stated() => Seeds.ForAll(40, 2000, seed =>
    {
        var random = new Random(seed);
        var compression = new[] { 20, 50, 100, 200 }[random.Next(4)];
        var size = random.Next(1, 30_000);
        var values = Enumerable.Range(0, size).Select(i => Draw(random, seed % 7, i)).ToArray();
        var parts = Enumerable.Range(0, random.Next(1, 30)).Select(_ => new TDigest(compression)).ToArray();
        for (var i = 0; i < size; i++) parts[seed % 2 == 0 ? random.Next(parts.Length) : i * parts.Length / size].Add(values[i]);
        var merged = new TDigest(compression);
        foreach (var part in parts) merged.Merge(part);
        Array.Sort(values);
        double[] shares = [0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1];
        var found = merged.Quantiles(shares);
        Assert.Equal(size, merged.Count);
        for (var i = 0; i < shares.Length; i++)
        {
            var spread = seed % 7 >= 5 ? 1.0 : Math.Sqrt(shares[i] * (1 - shares[i]));
            var bound = (2 * Math.PI * spread / compression) + Math.Pow(Math.PI / compression, 2) + (1.0 / size);
            var error = merged.IsExact ? Math.Abs(found[i] - Exact(values, shares[i])) : RankError(values, shares[i], found[i]);
            Assert.True(merged.IsExact ? error <= 1e-9 * Math.Abs(found[i]) : error <= bound, $"{size} values, compression {compression}, q {shares[i]}: {error:0.#####} of {bound:0.#####}");
        }

        return Task.CompletedTask;
    });

    [Fact]
    public Task Given_a_digest_saved_and_loaded_When_more_is_added_Then_it_answers_as_the_one_that_lived_on() => Seeds.ForAll(20, 500, seed =>
    {
        var random = new Random(seed);
        var (held, loaded) = (new TDigest(20), new TDigest(20));
        for (var round = 0; round < 10; round++)
        {
            foreach (var value in Enumerable.Range(0, random.Next(300)).Select(i => Draw(random, round % 7, i)).ToList())
            {
                held.Add(value);
                loaded.Add(value);
            }

            var writer = new StateWriter();
            held.Write(writer);
            loaded = new TDigest(20);
            loaded.Load(new StateReader(writer.Written));
            Assert.Equal(held.Quantiles([0, 0.1, 0.5, 0.9, 1]), loaded.Quantiles([0, 0.1, 0.5, 0.9, 1]));
        }

        return Task.CompletedTask;
    });

    [Fact]
    public Task Given_skewed_values_in_parts_When_the_frequent_ones_are_asked_Then_counts_are_short_by_no_more_than_stated_and_none_is_missing() => Seeds.ForAll(40, 2000, seed =>
    {
        var random = new Random(seed);
        using var arena = new TextArena();
        var counters = random.Next(3, 60);
        var exact = new Dictionary<string, long>(StringComparer.Ordinal);
        var parts = Enumerable.Range(0, random.Next(1, 9)).Select(_ => new FrequentValues<Text>(counters, arena)).ToArray();
        for (var i = random.Next(1, 5000); i > 0; i--)
        {
            var value = $"a value with a long name, {new string('y', random.Next(30))} {(int)Math.Pow(500, random.NextDouble() * random.NextDouble())}";
            exact[value] = exact.GetValueOrDefault(value) + 1;
            parts[random.Next(parts.Length)].Add(Text.Literal(value), 1);
        }

        var merged = new FrequentValues<Text>(counters, arena);
        foreach (var part in parts) merged.Merge(part);
        var held = Enumerable.Range(0, merged.Count).ToDictionary(i => merged.Value(i).ToString(), merged.Times, StringComparer.Ordinal);
        Assert.InRange(merged.Error, 0, exact.Values.Sum() / (counters + 1));
        if (exact.Count <= 2 * counters) Assert.Equal(0, merged.Error);
        foreach (var (value, times) in exact)
            Assert.InRange(times - held.GetValueOrDefault(value), 0, merged.Error);
        Assert.Empty(held.Keys.Except(exact.Keys));
        return Task.CompletedTask;
    });

    [Fact]
    public void Given_texts_that_change_all_the_time_When_kept_Then_memory_is_bounded_by_the_longest()
    {
        using var arena = new TextArena();
        var kept = new Kept<Text>();
        var frequent = new FrequentValues<Text>(4, arena);
        for (var i = 0; i < 100_000; i++)
        {
            kept.Set(Text.Literal(new string('z', 13 + (i % 500))), arena);
            frequent.Add(Text.Literal($"{i % 1000} {new string('z', 13 + (i % 500))}"), 1);
        }

        Assert.InRange(arena.SizeBytes, 1, 64 * 1024);
    }

    [Fact]
    public void Given_many_records_When_added_to_groups_that_exist_Then_nothing_is_allocated_per_record()
    {
        using var arena = new TextArena();
        var (texts, numbers, pairs) = (new InputValues<Text>(1000, false), new InputValues<double>(1000, false), new InputPairs<long, Text>(1000));
        for (var i = 0; i < 1000; i++) (texts.Items[i], numbers.Items[i], pairs.Orders[i], pairs.Items[i], pairs.Has[i]) = (Text.Literal($"a text with a number: {i % 300}"), i * 7 % 1000, i, Text.Literal($"a text with a number: {i % 300}"), true);
        var (values, orders) = (ValueShape<Text>.Of(), ValueShape<long>.Of());
        (AggregateColumn Column, object Input)[] all =
        [
            (new ApproxDistinctColumn<Text>(new StableHash<Text>(), 12), texts), (new QuantileColumn([0.5], 20), numbers), (new HeavyHittersColumn<Text>(values, (5, 50), arena), texts),
            (new ChosenColumn<long, Text>(orders, values, true, arena), pairs), (new TopColumn<long, Text>(orders, values, 10, arena), pairs), (new ExtremeColumn<Text>(values, true, arena), texts),
        ];
        var rows = Enumerable.Range(0, 1000).Select(i => i % 4).ToArray();
        foreach (var (column, input) in all)
        {
            column.Reserve(4);
            for (var round = 0; round < 20; round++) column.Accumulate(input, rows, 1000);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < 100; round++) column.Accumulate(input, rows, 1000);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 5000, $"{column.GetType().Name}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes for 100,000 records");
        }
    }

    [Fact]
    public void Given_equal_decimals_of_other_scale_When_counted_Then_they_are_one() =>
        Assert.Equal(new StableHash<(decimal, int)>().Of((1.0m, 3)), new StableHash<(decimal, int)>().Of((1.000m, 3)));

    private static HyperLogLog Estimate(int precision, int seed, int size)
    {
        var sketch = new HyperLogLog(precision);
        for (var i = 0; i < size; i++) sketch.Add(HashOf(seed, i));
        return sketch;
    }

    private static ulong HashOf(int seed, int value) => XxHash64.Of(BitConverter.GetBytes(((long)seed << 32) + value));

    private static double Draw(Random random, int distribution, int at) => distribution switch
    {
        0 => random.NextDouble(),
        1 => -Math.Log(1 - random.NextDouble()),
        2 => Math.Exp(5 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())),
        3 => at,
        4 => -at,
        5 => random.Next(5),
        _ => random.Next(10) == 0 ? 1e9 + random.NextDouble() : -1e9 * random.NextDouble(),
    };

    private static double Exact(double[] ordered, double q)
    {
        var rank = q * (ordered.Length - 1);
        var below = (int)rank;
        return below + 1 < ordered.Length ? ordered[below] + ((ordered[below + 1] - ordered[below]) * (rank - below)) : ordered[below];
    }

    /// <summary>How far the rank is from those that the value could have, as a share of all.</summary>
    private static double RankError(double[] ordered, double q, double found)
    {
        var rank = q * (ordered.Length - 1);
        var (below, upTo) = (ordered.Count(v => v < found), ordered.Count(v => v <= found));
        return rank < below - 1 ? (below - 1 - rank) / ordered.Length : rank > upTo ? (rank - upTo) / ordered.Length : 0;
    }
}
