using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Flows;

/// <summary>Checks a flow's graph and puts its tasks in order.</summary>
internal static class FlowGraph
{
    /// <exception cref="LeatException">LEAT5002 cycle; LEAT5007 unknown parent; LEAT5008 name used twice, empty or missing.</exception>
    public static FlowDefinition Checked(FlowDefinition flow)
    {
        if (flow.Tasks.IsEmpty) throw new LeatException("LEAT5008", $"flow '{flow.Name}' has no task", flow.DeclaredAt, "declare at least one");
        RefuseBadNames(flow);
        var known = flow.Tasks.Select(task => task.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var task in flow.Tasks)
        {
            foreach (var parent in task.After.Where(parent => !known.Contains(parent)))
            {
                var nearest = Nearest.To(parent, known.Where(name => name != task.Name));
                throw new LeatException("LEAT5007", $"task '{task.Name}' of flow '{flow.Name}' waits for '{parent}', which is not in the flow; tasks are {string.Join(", ", known)}", flow.DeclaredAt, nearest is null ? "declare it, or wait for one that is there" : $"write '{nearest}'");
            }
        }
        return flow with { Tasks = Ordered(flow) };
    }

    private static void RefuseBadNames(FlowDefinition flow)
    {
        foreach (var name in flow.Tasks.Select(task => task.Name).Prepend(flow.Name))
        {
            if (name.Length is 0 or > 200 || name.Any(c => !char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.')))
            {
                throw new LeatException("LEAT5008", $"'{name}' is no name for a flow or task", flow.DeclaredAt, "use letters, digits, '_', '-' and '.', at most 200");
            }
        }
        if (flow.Tasks.GroupBy(task => task.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new LeatException("LEAT5008", $"flow '{flow.Name}' has {twice.Count()} tasks named '{twice.Key}'", flow.DeclaredAt, "give each its own name");
        }
    }

    private static ImmutableArray<TaskDefinition> Ordered(FlowDefinition flow)
    {
        var ordered = ImmutableArray.CreateBuilder<TaskDefinition>(flow.Tasks.Length);
        var waiting = flow.Tasks.ToList();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(task => task.After.All(placed.Contains)).ToList();
            if (ready.Count == 0)
            {
                throw new LeatException("LEAT5002", $"tasks of flow '{flow.Name}' wait for each other: {Cycle(waiting)}", flow.DeclaredAt, "take one of these dependencies out");
            }
            foreach (var task in ready)
            {
                ordered.Add(task);
                placed.Add(task.Name);
            }
            waiting.RemoveAll(task => placed.Contains(task.Name));
        }
        return ordered.MoveToImmutable();
    }

    // Everyone left waits for someone left: walking back from any of them must meet one twice.
    private static string Cycle(List<TaskDefinition> waiting)
    {
        var byName = waiting.ToDictionary(task => task.Name, StringComparer.Ordinal);
        var path = new List<string>();
        var at = waiting[0].Name;
        while (!path.Contains(at))
        {
            path.Add(at);
            at = byName[at].After.First(byName.ContainsKey);
        }
        return string.Join(" -> ", path.Skip(path.IndexOf(at)).Append(at).Reverse());
    }
}
