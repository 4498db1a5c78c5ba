using System.Collections.Immutable;
using Leat.Streams.Jobs;
using Leat.Streams.Operators;

namespace Leat.Streams.Checkpoints;

/// <summary>What a job's checkpoints hold something of, each with an id that stays when the job changes around it.</summary>
internal static class PlanParts
{
    /// <summary>Operators in the order of the plan, by their names or numbers.</summary>
    public static ImmutableArray<SavedPart> Operators(JobPlan plan) => [.. plan.Stateful.Zip(Numbered(plan), (o, number) => new SavedPart(o.Label ?? number, o.Signature))];

    public static ImmutableArray<SavedPart> Sinks(JobPlan plan) => [.. plan.LakeSinks.Select(s => new SavedPart(s.Table, $"{s.Schema}"))];

    /// <summary>Ids that the operators have without names: kind, and number among the operators of the kind.</summary>
    public static ImmutableArray<string> Numbered(JobPlan plan)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. plan.Stateful.Select(o => $"{o.Kind}#{counts[o.Kind] = counts.GetValueOrDefault(o.Kind) + 1}")];
    }

    /// <summary>Refuses names that two operators have.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2105.</exception>
    public static void Check(JobPlan plan)
    {
        if (plan.Stateful.Select(o => o.Label).OfType<string>().GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw StreamErrors.NameTaken("operator", twice.Key, plan.Name);
    }

    /// <summary>Names the operator.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2101 there is none, or it has a name.</exception>
    public static void Name(JobPlan plan, StatefulOperator? operation, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')) throw StreamErrors.Definition(plan.Name, $"'{name}' is no name for an operator", "use letters, digits, '_', '-' and '.'");
        if (operation is null) throw StreamErrors.Definition(plan.Name, $"'{name}' names a stream whose operator keeps no state", "put Named(...) right behind a window, deduplication, join or process");
        if (operation.Label is { } known) throw StreamErrors.Definition(plan.Name, $"operator '{known}' is named '{name}' too", "name it once");
        operation.Label = name;
    }
}
