using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Jobs;

namespace Leat.Streams.Checkpoints;

/// <summary>Which part of the job takes each part of a checkpoint: places in the plan, -1 for none.</summary>
/// <param name="Operators">By place in the checkpoint.</param>
/// <param name="Sinks">By place in the checkpoint.</param>
/// <param name="IsSame">The places are the same, so the checkpoint's journal can go on.</param>
internal sealed record StateMatch(ImmutableArray<int> Operators, ImmutableArray<int> Sinks, bool IsSame)
{
    /// <summary>Finds the operators by id. New ones begin empty.</summary>
    /// <exception cref="LeatException">LEAT2131 a record that does not name its operators, of another graph; LEAT2132 an operator of another shape; LEAT2135 an operator that the job no longer has; LEAT2138 sources that cannot be told apart.</exception>
    public static StateMatch Of(CheckpointRecord record, JobPlan plan)
    {
        if (record.Operators.IsDefault) return OfWholeGraph(record, plan);
        CheckSources(record, plan);
        var operators = Places(record, plan);
        for (var i = 0; i < operators.Length; i++)
        {
            var saved = record.Operators[i];
            if (operators[i] < 0 && !saved.Dropped) throw StreamErrors.StateWithoutOperator(plan.Name, $"operator '{saved.Id}'", saved.Shape);
            if (operators[i] >= 0 && plan.Stateful[operators[i]].Signature is var now && now != saved.Shape) throw StreamErrors.OperatorShape(plan.Name, saved.Id, saved.Shape, now);
        }

        if (record.SinkRows.FirstOrDefault(m => m is { Commits: false, Dropped: false } && !RowSinks.Fits(plan, m)) is { } waiting) throw StreamErrors.StateWithoutOperator(plan.Name, waiting.Sink, $"rows of {waiting.Shape} that wait for it");
        var tables = PlanParts.Sinks(plan);
        ImmutableArray<int> sinks = [.. record.Sinks.Select(s => tables.IndexOf(new SavedPart(s.Id, s.Shape)))];
        return new StateMatch(operators, sinks, IsIdentity(operators, plan.Stateful.Count) && IsIdentity(sinks, tables.Length));
    }

    /// <summary>The record with those of its parts marked as dropped that the job no longer has.</summary>
    public static CheckpointRecord Drop(CheckpointRecord record, JobPlan plan)
    {
        if (record.Operators.IsDefault) return record;
        var operators = Places(record, plan);
        return record with
        {
            Operators = [.. record.Operators.Select((o, i) => operators[i] < 0 ? o with { Dropped = true } : o)],
            Sinks = [.. record.Sinks.Select(s => plan.LakeSinks.Exists(k => k.Table == s.Id) ? s : s with { Dropped = true })],
            SinkRows = [.. record.SinkRows.Select(m => RowSinks.Fits(plan, m) ? m : m with { Dropped = true })],
        };
    }

    /// <summary>By id; an operator that got a name since is found by its number.</summary>
    private static ImmutableArray<int> Places(CheckpointRecord record, JobPlan plan)
    {
        var (ids, numbers) = (PlanParts.Operators(plan), PlanParts.Numbered(plan));
        var places = record.Operators.Select(saved => saved.Dropped ? -1 : ids.ToList().FindIndex(o => o.Id == saved.Id)).ToArray();
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] < 0 && !record.Operators[i].Dropped && numbers.IndexOf(record.Operators[i].Id) is var place and >= 0 && !places.Contains(place)) places[i] = place;
        }

        return [.. places];
    }

    /// <summary>Several sources of a topic are known by their order alone: with more or fewer of them it is not clear which goes on from where.</summary>
    private static void CheckSources(CheckpointRecord record, JobPlan plan)
    {
        foreach (var source in plan.Sources.GroupBy(s => s.Name, StringComparer.Ordinal))
        {
            var saved = record.Partitions.Select(p => p.Topic).Distinct(StringComparer.Ordinal).Count(id => id == source.Key || id.StartsWith(source.Key + "#", StringComparison.Ordinal));
            if (saved > 0 && saved != source.Count()) throw StreamErrors.SourcesOfTopic(plan.Name, source.Key, saved, source.Count());
        }
    }

    private static StateMatch OfWholeGraph(CheckpointRecord record, JobPlan plan)
    {
        if (record.Signature != plan.Signature) throw StreamErrors.OtherGraph(plan.Name, record.Signature, plan.Signature);
        CheckSources(record, plan);
        return new StateMatch([.. Enumerable.Range(0, plan.Stateful.Count)], [.. Enumerable.Range(0, plan.LakeSinks.Count)], IsSame: true);
    }

    private static bool IsIdentity(ImmutableArray<int> places, int count) => places.SequenceEqual(Enumerable.Range(0, count));
}
