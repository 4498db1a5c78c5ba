using System.Collections.Immutable;

namespace Leat.Models;

/// <summary>What a command runs, in order, and what each node waits for. Data: made once, then run.</summary>
/// <param name="Order">Nodes, parents before children.</param>
/// <param name="WaitsFor">For each node the planned nodes that must have succeeded.</param>
internal sealed record RunPlan(ImmutableArray<Node> Order, IReadOnlyDictionary<string, HashSet<string>> WaitsFor)
{
    /// <param name="graph">The project.</param>
    /// <param name="selected">Unique ids chosen.</param>
    /// <param name="verb">Decides which kinds of nodes run, and whether tests stand before what follows.</param>
    public static RunPlan Make(ProjectGraph graph, IReadOnlySet<string> selected, ModelsVerb verb)
    {
        var sorted = GraphOrder.Sort(graph);
        var planned = sorted.Where(n => selected.Contains(n.UniqueId) && Runs(n, verb)).ToList();
        var ids = planned.Select(n => n.UniqueId).ToHashSet(StringComparer.Ordinal);
        var waits = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var reach = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var node in sorted)
        {
            var nearest = new HashSet<string>(node.DependsOn.SelectMany(parent => ids.Contains(parent) ? [parent] : (IEnumerable<string>)reach[parent]), StringComparer.Ordinal);
            reach[node.UniqueId] = nearest;
            if (ids.Contains(node.UniqueId)) waits[node.UniqueId] = nearest;
        }
        if (verb == ModelsVerb.Build) PutTestsBefore(planned, waits);
        return new RunPlan(Sorted(planned, waits), waits);
    }

    private static bool Runs(Node node, ModelsVerb verb) => !node.IsEphemeral && node.Type switch
    {
        ResourceType.Model => verb is ModelsVerb.Build or ModelsVerb.Run or ModelsVerb.Compile,
        ResourceType.Seed => verb is ModelsVerb.Build or ModelsVerb.Seed,
        ResourceType.Test => verb is ModelsVerb.Build or ModelsVerb.Test or ModelsVerb.Compile,
        _ => false,
    };

    /// <summary>A model waits for the tests of its parents, unless a test also reads something that is not before the model.</summary>
    private static void PutTestsBefore(List<Node> planned, Dictionary<string, HashSet<string>> waits)
    {
        var tests = planned.Where(n => n.Type == ResourceType.Test).SelectMany(t => waits[t.UniqueId].Select(p => (Parent: p, Test: t))).ToLookup(p => p.Parent, p => p.Test);
        var ancestors = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        HashSet<string> Ancestors(string id)
        {
            if (ancestors.TryGetValue(id, out var known)) return known;
            var all = new HashSet<string>(StringComparer.Ordinal);
            var rest = new Stack<string>(waits[id]);
            while (rest.TryPop(out var next))
                if (all.Add(next))
                    foreach (var parent in waits[next]) rest.Push(parent);
            return ancestors[id] = all;
        }
        var added = new List<(string Node, string Test)>();
        foreach (var node in planned.Where(n => n.Type != ResourceType.Test))
            foreach (var parent in waits[node.UniqueId])
                foreach (var test in tests[parent])
                    if (waits[test.UniqueId].Count == 1 || waits[test.UniqueId].All(Ancestors(node.UniqueId).Contains)) added.Add((node.UniqueId, test.UniqueId));
        foreach (var (node, test) in added) waits[node].Add(test);
    }

    private static ImmutableArray<Node> Sorted(List<Node> planned, Dictionary<string, HashSet<string>> waits)
    {
        var position = planned.Select((n, i) => (n.UniqueId, i)).ToDictionary(p => p.UniqueId, p => p.i, StringComparer.Ordinal);
        var missing = planned.ToDictionary(n => n.UniqueId, n => waits[n.UniqueId].Count, StringComparer.Ordinal);
        var followers = planned.SelectMany(n => waits[n.UniqueId].Select(w => (w, n.UniqueId))).ToLookup(p => p.w, p => p.UniqueId);
        var ready = new PriorityQueue<string, int>(planned.Where(n => missing[n.UniqueId] == 0).Select(n => (n.UniqueId, position[n.UniqueId])));
        var order = ImmutableArray.CreateBuilder<Node>(planned.Count);
        while (ready.TryDequeue(out var id, out _))
        {
            order.Add(planned[position[id]]);
            foreach (var follower in followers[id])
                if (--missing[follower] == 0) ready.Enqueue(follower, position[follower]);
        }
        return order.ToImmutable();
    }
}
