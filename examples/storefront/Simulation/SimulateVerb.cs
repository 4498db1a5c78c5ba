using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Leat.Core;
using Leat.Host.CommandLine;

namespace Storefront.Simulation;

/// <summary>Writes the storefront's world to files: one NDJSON file a topic and day, and the truth beside.</summary>
internal sealed class SimulateVerb : Verb
{
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "folder to write to", HelpName = "DIR" };
    private static readonly Option<int> Days = new("--days") { Description = "days of event time", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> From = new("--from") { Description = "first day", HelpName = "DATE", DefaultValueFactory = _ => "2026-01-05" };
    private static readonly Option<double> EventsPerSecond = new("--events-per-second") { Description = "mean rate over the week, in event time", HelpName = "N", DefaultValueFactory = _ => 2 };
    private static readonly Option<int> Seed = new("--seed") { Description = "same seed, same world", HelpName = "N", DefaultValueFactory = _ => 4310 };

    public override string Name => "simulate";

    public override string Summary => "write the storefront's events to files, with the truth beside";

    public override ImmutableArray<string> Examples => ["simulate -o world", "simulate -o world --days 7 --events-per-second 20 --seed 7 --json"];

    public override VerbPlace Place => VerbPlace.Anywhere;

    public override ImmutableArray<Option> Options => [Output, Days, From, EventsPerSecond, Seed];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        if (context.Get(Output) is not { } output) throw new LeatException("LEAT8010", "there is no place to write to", "--output", "name a folder: simulate -o world");
        if (!DateTime.TryParseExact(context.Get(From), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var from))
        {
            throw new LeatException("LEAT8011", $"'{context.Get(From)}' is not a day", "--from", "write it as 2026-01-05");
        }
        using var shop = new ShopSimulator(context.Get(Seed), Mishaps.Usual);
        await using var files = new WorldFiles(Path.GetFullPath(output, context.Console.WorkingFolder));
        var at = from;
        while (at < from.AddDays(context.Get(Days)))
        {
            ct.ThrowIfCancellationRequested();
            var sent = shop.Step(at);
            files.Write(sent);
            at += TimeSpan.FromSeconds(sent.Count / (context.Get(EventsPerSecond) * Rhythm.At(at)));
        }
        files.Write(shop.Finish());
        var truth = Truth(shop.Truth);
        await File.WriteAllTextAsync(Path.Combine(files.Folder, "truth.json"), truth.ToJsonString() + "\n", ct);
        if (context.Json) context.WriteJson(truth);
        else context.Talk($"{shop.Truth.Sent.Values.Sum():n0} events in {files.Folder}; what they sum up to is in truth.json");
        return 0;
    }

    private static JsonObject Truth(GroundTruth truth) => new()
    {
        ["sent"] = new JsonObject(truth.Sent.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
        ["dirty"] = new JsonObject(truth.Dirty.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
        ["duplicates"] = truth.Duplicates,
        ["late"] = truth.Late,
        ["sale_lines"] = truth.SaleLines,
        ["revenue"] = truth.Revenue.ToString(CultureInfo.InvariantCulture),
        ["campaigns"] = new JsonObject(truth.Campaigns.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)new JsonObject
        {
            ["impressions"] = c.Value.Impressions,
            ["clicks"] = c.Value.Clicks,
            ["conversions"] = c.Value.Conversions,
            ["spend"] = c.Value.Spend.ToString(CultureInfo.InvariantCulture),
        }))),
    };
}
