using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

public sealed class LookupAndSinkTests
{
    [Fact]
    public async Task Given_tables_from_code_csv_and_lake_When_looked_up_Then_matches_join_and_the_rest_is_dropped_or_kept_as_asked()
    {
        var folder = Directory.CreateTempSubdirectory("leat-tables-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "budgets.csv"), "campaign,budget\na,10.5\n\"b\",20\n");
        await using var bench = new StreamTestBench(() => new EnrichedClicks(), new StreamTestSettings { ProjectFolder = folder });
        using (var builder = new BatchBuilder(Schema.Of(("campaign", DataType.Text), ("region", DataType.Text))))
        {
            builder.AppendRow("a", "north");
            var table = await bench.Lake.CreateAsync("regions", builder.Schema, [], default);
            await table.AppendAsync(Batches(builder.Build()), null, default);
        }

        var result = await bench.RunAsync([Clicks.At(1, "a", "1"), Clicks.At(2, "b", "2"), Clicks.At(3, "c", "4"), new StreamStep.KillAt(CheckpointStep.Recorded), Clicks.At(4, "a", "8")]);
        Assert.Equal(["a|1|10.5|north", "a|8|10.5|north", "b|2|20|none"], result.Tables["enriched_clicks"].Select(r => r.Replace(".000000", "", StringComparison.Ordinal).Replace("10.500000", "10.5", StringComparison.Ordinal)).ToArray());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Given_user_code_that_throws_When_a_record_meets_it_Then_only_that_record_is_dead()
    {
        await using var bench = new StreamTestBench(() => new DividingJob());
        var result = await bench.RunAsync([Clicks.At(1, "a", "2"), Clicks.At(2, "a", "0"), Clicks.At(3, "a", "4")]);
        Assert.Equal("2026-01-01T00:00:00Z|2026-01-01T00:01:00Z|2|25|75|50", Assert.Single(result.Views["inverse"]));
        var dead = Assert.Single(result.Topics["clicks.dlq"]);
        Assert.Equal("LEAT2114", dead.Code);
        Assert.Contains("select: DivideByZeroException", dead.Reason, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<Batch> Batches(Batch batch)
    {
        yield return batch;
        await Task.CompletedTask;
    }

    private sealed class EnrichedClicks : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var budgets = job.Table<Budget>("budgets", b => b.Campaign);
            var regions = job.Table<Region>("regions", r => r.Campaign);
            job.From<ClickEvent>("clicks", e => e.At, TimeSpan.Zero)
                .Lookup(budgets, e => e.Campaign, (e, b) => new Enriched(e.Campaign, e.Cost, b.Amount, ""))
                .LookupOrDefault(regions, e => e.Campaign, (e, r) => e with { Region = r.Name ?? "none" })
                .ToLake("enriched_clicks");
        }
    }

    private sealed class DividingJob : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, TimeSpan.Zero)
            .Select(e => 100L / (long)e.Cost)
            .Tumbling(TimeSpan.FromMinutes(1))
            .Aggregate(a => a.Count().Min("least", v => v).Sum("total", v => v).Max("most", v => v))
            .ToView("inverse", TimeSpan.FromHours(1));
    }

    internal readonly record struct Budget(Text Campaign, [property: System.Text.Json.Serialization.JsonPropertyName("budget")] decimal Amount);

    internal readonly record struct Region(Text Campaign, [property: System.Text.Json.Serialization.JsonPropertyName("region")] string? Name);

    internal readonly record struct Enriched(Text Campaign, decimal Cost, decimal Budget, string Region);
}
