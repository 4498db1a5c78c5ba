using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;
using Leat.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Verbs;

/// <summary>One of dbt's verbs, with dbt's flags.</summary>
internal sealed class ModelVerb(ModelsVerb verb, string summary) : Verb
{
    private static readonly Option<string[]> Select = new("--select", "-s", "--models", "-m") { Description = "names, paths, tag:x, +parents, children+; spaces unite, commas intersect", HelpName = "SELECTION", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Exclude = new("--exclude") { Description = "the same, left out", HelpName = "SELECTION", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> FullRefresh = new("--full-refresh", "-f") { Description = "build incremental models and seeds anew" };
    private static readonly Option<bool> FailFast = new("--fail-fast", "-x") { Description = "stop at the first failure" };
    private static readonly Option<string?> Vars = new("--vars") { Description = "variables as YAML: '{name: value}'", HelpName = "YAML" };
    private static readonly Option<int?> Threads = new("--threads") { Description = "accepted; this version builds one node at a time", HelpName = "N" };

    public override string Name => verb.ToString().ToLowerInvariant();

    public override string Summary => summary;

    public override ImmutableArray<string> Examples => [$"{Name}", $"{Name} --select stg_sales+", $"{Name} --select tag:nightly --exclude fct_sales --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Option> Options => [Select, Exclude, FullRefresh, FailFast, Vars, Threads];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var command = new ModelsCommand(verb)
        {
            Select = Words(context.Get(Select)),
            Exclude = Words(context.Get(Exclude)),
            FullRefresh = context.Get(FullRefresh),
            FailFast = context.Get(FailFast),
            Vars = context.Get(Vars),
            Threads = context.Get(Threads),
            Target = context.Target,
        };
        var result = await context.Services.GetRequiredService<ModelsRunner>().RunAsync(command, new ModelOutput(context, verb == ModelsVerb.Ls), ct);
        if (context.Json) context.WriteJson(Json(result));
        else if (verb is ModelsVerb.Ls) Print(context, result);
        else context.Out.WriteLine(Closing(result));
        return result.ExitCode;
    }

    private static ImmutableArray<string> Words(string[]? given) => given is null ? [] : [.. given.SelectMany(w => w.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static void Print(VerbContext context, ModelsResult result)
    {
        foreach (var node in result.Nodes) context.Out.WriteLine(node.Message);
    }

    private static string Closing(ModelsResult result)
    {
        var counts = result.Nodes.GroupBy(n => n.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}");
        return $"{string.Join(", ", counts)} in {result.Elapsed.TotalSeconds:n2} s";
    }

    private static JsonObject Json(ModelsResult result) => new()
    {
        ["invocation_id"] = result.InvocationId,
        ["seconds"] = Math.Round(result.Elapsed.TotalSeconds, 3),
        ["exit_code"] = result.ExitCode,
        ["nodes"] = new JsonArray([.. result.Nodes.Select(n => new JsonObject
        {
            ["unique_id"] = n.UniqueId,
            ["resource_type"] = n.ResourceType.ToString().ToLowerInvariant(),
            ["status"] = n.Status.ToString().ToLowerInvariant(),
            ["rows"] = n.Rows,
            ["failures"] = n.Failures,
            ["seconds"] = Math.Round(n.Elapsed.TotalSeconds, 3),
            ["message"] = n.Message,
        })]),
    };
}
