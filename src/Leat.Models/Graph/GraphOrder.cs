using Leat.Core;

namespace Leat.Models;

/// <summary>Order in which nodes can be built.</summary>
internal static class GraphOrder
{
    /// <summary>Parents before children; the same for the same project.</summary>
    /// <exception cref="LeatException">LEAT4016 the references run in a circle.</exception>
    public static List<Node> Sort(ProjectGraph graph)
    {
        var order = new List<Node>();
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes.OrderBy(n => n.UniqueId, StringComparer.Ordinal)) Visit(graph, node, state, order, []);
        return order;
    }

    private static void Visit(ProjectGraph graph, Node start, Dictionary<string, bool> done, List<Node> order, List<Node> path)
    {
        // an explicit stack: a chain of models may be longer than the thread's own
        var stack = new Stack<(Node Node, int Next)>();
        if (done.ContainsKey(start.UniqueId)) return;
        stack.Push((start, 0));
        done[start.UniqueId] = false;
        path.Add(start);
        while (stack.TryPop(out var top))
        {
            if (top.Next == top.Node.DependsOn.Count)
            {
                done[top.Node.UniqueId] = true;
                order.Add(top.Node);
                path.RemoveAt(path.Count - 1);
                continue;
            }
            stack.Push((top.Node, top.Next + 1));
            var parent = graph[top.Node.DependsOn[top.Next]];
            if (done.TryGetValue(parent.UniqueId, out var finished))
            {
                if (!finished) throw Cycle(path, parent);
                continue;
            }
            done[parent.UniqueId] = false;
            path.Add(parent);
            stack.Push((parent, 0));
        }
    }

    private static LeatException Cycle(List<Node> path, Node again)
    {
        var circle = path.Skip(path.IndexOf(again)).Append(again).ToList();
        var (from, to) = (circle[0], circle[1]);
        return new LeatException("LEAT4016", $"models refer to each other in a circle: {string.Join(" -> ", circle.Select(n => n.Name))}", References.Place(from, "ref", to.Name), $"take one of these refs out, for example ref('{to.Name}') in {from.Path}");
    }
}
