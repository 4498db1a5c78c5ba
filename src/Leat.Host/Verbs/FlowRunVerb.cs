using System.Collections.Immutable;
using System.CommandLine;
using Leat.Flows;
using Leat.Host.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Verbs;

/// <summary>Runs a flow now.</summary>
internal sealed class FlowRunVerb : Verb
{
    private static readonly Argument<string> FlowName = new("flow") { Description = "name of the flow", HelpName = "FLOW" };

    public override string Name => "run";

    public override string Summary => "run a flow now and wait for its end";

    public override ImmutableArray<string> Examples => ["flow run daily_batch", "flow run daily_batch --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [FlowName];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var run = await context.Services.GetRequiredService<IFlowRuntime>().RunAsync(context.Get(FlowName)!, ct);
        if (context.Json) context.WriteJson(FlowText.Of(run));
        else Print(run, context);
        return run.State == RunState.Success ? 0 : 1;
    }

    private static void Print(FlowRun run, VerbContext context)
    {
        foreach (var task in run.Tasks) context.Out.WriteLine($"{FlowText.Word(task.State),-16} {task.Name}{(task.Reason.Length == 0 ? "" : $": {task.Reason}")}");
        context.Out.WriteLine($"{run.Flow} {FlowText.Word(run.State)} ({run.RunId}){(run.Reason.Length == 0 ? "" : $": {run.Reason}")}");
    }
}
