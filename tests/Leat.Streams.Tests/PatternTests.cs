using Leat.Core;
using Leat.Streams.Patterns;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Sequences of rows beside a model that tries every first row by itself.</summary>
public sealed class PatternTests
{
    [Fact]
    public Task Given_random_disorder_late_rows_and_kills_When_a_sequence_is_looked_for_Then_matches_equal_the_model() => Seeds.ForAll(10, 200, async seed =>
    {
        var random = new Random(seed);
        var within = random.Next(3, 25);
        var isAbsence = seed % 3 == 0;
        var rows = new List<(long Time, string Campaign, char What, int Id)>();
        var (steps, late, watermark) = (new List<StreamStep>(), 0, long.MinValue / 2);
        for (var i = 0; i < 200; i++)
        {
            var second = Math.Round((i * 0.5) + (random.NextDouble() * 4.9) - (random.Next(10) == 0 ? random.Next(15) : 0), random.Next(2) * 3);
            var (campaign, what) = ($"campaign with a long name {random.Next(3)}", "ABCD"[random.Next(4)]);
            steps.Add(Clicks.At(second, campaign, user: $"{what} user with a long name {i}"));
            var time = (long)Math.Round(second * 1000);
            if (time < watermark) late++;
            else rows.Add((time, campaign, what, i));
            watermark = Math.Max(watermark, time - 5000);
            if (random.Next(20) == 0) steps.Add(random.Next(4) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), 2 => new StreamStep.Process(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        steps.Add(Clicks.Watermark(1000));
        await using var bench = new StreamTestBench(() => new Funnel(TimeSpan.FromSeconds(within), isAbsence), new StreamTestSettings { Partitions = 1, Workers = 2, Configure = State.TightState.For(seed) });
        var result = await bench.RunAsync(steps);
        Assert.Equal(string.Join('\n', Model(rows, within * 1000, isAbsence)), string.Join('\n', result.Tables.GetValueOrDefault("matches", [])));
        Assert.Equal(late, result.Status.LateEvents);
        Assert.Empty(result.Topics.GetValueOrDefault("clicks.dlq", []).Concat(result.Topics.GetValueOrDefault("funnel.dlq", [])).Select(d => d.Reason));
    });

    [Fact]
    public void Given_a_pattern_that_waits_for_ever_When_defined_Then_the_answer_says_so()
    {
        var error = Assert.Throws<LeatException>(() => new StreamTestBench(() => new Endless()).PlayAsync([]).GetAwaiter().GetResult());
        Assert.Contains("waits for ever", error.What, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Pattern.Begin<int>("a", _ => true).Then("a", _ => true));
    }

    /// <summary>A then B, without C in between, then D; or A then B, without C, then no D until the time is over.</summary>
    private static List<string> Model(List<(long Time, string Campaign, char What, int Id)> rows, long within, bool isAbsence)
    {
        var matches = new List<string>();
        foreach (var campaign in rows.GroupBy(r => r.Campaign))
        {
            var ordered = campaign.OrderBy(r => r.Time).ToList(); // a stable sort: as they came
            for (var a = 0; a < ordered.Count; a++)
            {
                if (ordered[a].What != 'A') continue;
                var after = ordered.Skip(a + 1).TakeWhile(r => r.Time <= ordered[a].Time + within).ToList();
                var b = after.FindIndex(r => r.What is 'B' or 'C');
                if (b < 0 || after[b].What == 'C') continue;
                var d = after.FindIndex(b + 1, r => r.What == 'D');
                if (isAbsence && d < 0) matches.Add($"{campaign.Key}|{ordered[a].Id}|{after[b].Id}|-1|{ordered[a].Time + within}");
                if (!isAbsence && d >= 0) matches.Add($"{campaign.Key}|{ordered[a].Id}|{after[b].Id}|{after[d].Id}|{after[d].Time}");
            }
        }

        return [.. matches.Order(StringComparer.Ordinal)];
    }

    private static Pattern<ClickEvent> Start() => Pattern.Begin<ClickEvent>("a", c => c.User.Bytes[0] == 'A').Then("b", c => c.User.Bytes[0] == 'B', not: c => c.User.Bytes[0] == 'C');

    private static int IdOf(ClickEvent click) => int.Parse(click.User.ToString().Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Funnel(TimeSpan within, bool isAbsence) : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var pattern = (isAbsence ? Start().ThenNot("d", c => c.User.Bytes[0] == 'D') : Start().Then("d", c => c.User.Bytes[0] == 'D')).Within(within);
            job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
                .KeyBy(e => e.Campaign)
                .Match(pattern, m => new Found(m.Key, IdOf(m["a"]), IdOf(m["b"]), isAbsence ? -1 : IdOf(m["d"])))
                .KeyBy(f => f.Campaign)
                .Process(() => new WithTime())
                .ToLake("matches");
        }
    }

    private sealed class WithTime : KeyedProcess<Text, Found, TimedFound>
    {
        protected internal override void Process(Found row)
        {
            if (IsLate) throw new InvalidOperationException("late");
            Emit(new TimedFound(row.Campaign, row.A, row.B, row.D, (Time.Ticks - Clicks.Zero.Ticks) / TimeSpan.TicksPerMillisecond));
        }
    }

    private sealed class Endless : StreamJob
    {
        protected override void Define(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.Zero).KeyBy(e => e.Campaign)
            .Match(Start().ThenNot("d", _ => true), m => new Found(m.Key, 0, 0, 0)).ToLake("never");
    }

    private readonly record struct Found(Text Campaign, int A, int B, int D);

    private readonly record struct TimedFound(Text Campaign, int A, int B, int D, long Time);
}
