using Leat.Host.CommandLine;
using Leat.Models;

namespace Leat.Host.Verbs;

/// <summary>Progress of a dbt verb, a line a node, on the error stream.</summary>
internal sealed class ModelOutput(VerbContext context, bool quiet) : IModelsOutput
{
    public void Line(string text) => context.Talk(text);

    public void Started(int index, int total, string name, ResourceType type)
    {
        if (!quiet && context.Console.IsTerminal) context.Talk($"{index,4} of {total}  {type.ToString().ToLowerInvariant()} {name} ...");
    }

    public void Finished(int index, int total, NodeResult result)
    {
        if (quiet) return;
        var word = result.Status.ToString().ToLowerInvariant();
        context.Talk($"{index,4} of {total}  {word,-8} {result.ResourceType.ToString().ToLowerInvariant()} {result.Name}  [{result.Message}] {result.Elapsed.TotalSeconds:n2} s");
    }
}
