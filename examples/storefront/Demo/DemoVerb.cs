using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;

namespace Storefront.Demo;

/// <summary>Runs the storefront end to end: simulated, or real invoice lines replayed.</summary>
internal sealed class DemoVerb : Verb
{
    private static readonly Option<string?> Data = new("--data") { Description = "replay the CSV files below this folder instead of simulating", HelpName = "DIR" };
    private static readonly Option<int> EventsPerSecond = new("--events-per-second") { Description = "rate of the simulator", HelpName = "N", DefaultValueFactory = _ => 500 };
    private static readonly Option<double?> Speedup = new("--speedup") { Description = "replay at this multiple of real time (default: full speed)", HelpName = "X" };
    private static readonly Option<double?> Seconds = new("--seconds") { Description = "how long to simulate with --once (default 10)", HelpName = "N" };
    private static readonly Option<bool> Once = new("--once") { Description = "end after one full pass and print the summary" };
    private static readonly Option<int?> Port = new("--port") { Description = "port of the page (default 4310; 0 = any free one)", HelpName = "N" };

    public override string Name => "demo";

    public override string Summary => "run the storefront end to end and show it in the browser";

    public override ImmutableArray<string> Examples =>
    [
        "demo",
        "demo --data ../shared/data/online_retail",
        "demo --once --data ../shared/data/online_retail --json",
        "demo --once --events-per-second 20000 --seconds 60 --json",
    ];

    public override VerbPlace Place => VerbPlace.Anywhere;

    public override ImmutableArray<Option> Options => [Data, EventsPerSecond, Speedup, Seconds, Once, Port];

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var settings = new DemoSettings(context.ProjectFolder, context.Get(Once), context.Get(Port));
        return context.Get(Data) is { } data
            ? new ReplayDemo(context, settings, Path.GetFullPath(data, context.Console.WorkingFolder), context.Get(Speedup)).RunAsync(ct)
            : new SimulatedDemo(context, settings, context.Get(EventsPerSecond), context.Get(Seconds)).RunAsync(ct);
    }
}
