using System.Collections.Immutable;
using System.CommandLine;
using Leat.Bench;
using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;

namespace Leat.Host.Verbs;

/// <summary>Runs one benchmark with its peers.</summary>
internal sealed class BenchVerb : Verb
{
    private static readonly Argument<string> Benchmark = new("name") { Description = string.Join(", ", All().Select(b => $"{b.Name}: {b.Summary}")), HelpName = "NAME" };
    private static readonly Option<bool> Quick = new("--quick") { Description = "smaller inputs, at most 60 s" };

    public override string Name => "bench";

    public override string Summary => "run one benchmark, with its peers";

    public override ImmutableArray<string> Examples => ["bench start", "bench ysb --quick", "bench ysb --json"];

    public override VerbPlace Place => VerbPlace.Anywhere;

    public override ImmutableArray<Argument> Arguments => [Benchmark];

    public override ImmutableArray<Option> Options => [Quick];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var name = context.Get(Benchmark)!;
        var benchmark = All().FirstOrDefault(b => b.Name == name) ?? throw Unknown(name);
        var report = await benchmark.RunAsync(context.Get(Quick), context.Talk, ct);
        if (context.Json) context.WriteJson(BenchJson.Of(report));
        else BenchTable.Write(report, context.Out);
        return report.Ok ? 0 : 1;
    }

    private static IReadOnlyList<IBenchmark> All()
    {
        var home = Environment.GetEnvironmentVariable("LEAT_HOME") ?? Directory.GetCurrentDirectory();
        return [new StartBench(Path.Combine(home, "leat"), Path.Combine(home, "examples", "storefront")), new LogBench(Path.Combine(home, "leat")), new YsbBench(), new NexmarkBench(), new LatencyBench(), new EngineBench()];
    }

    private static LeatException Unknown(string name)
    {
        var known = All().Select(b => b.Name).ToList();
        var nearest = Nearest.To(name, known);
        return new LeatException("LEAT7031", $"there is no benchmark '{name}'; benchmarks are {string.Join(", ", known)}", "the command line", nearest is null ? "use one of them" : $"did you mean '{nearest}'?");
    }
}
