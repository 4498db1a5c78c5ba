using Leat.Core;

namespace Leat.Flows;

/// <summary>All flows of the project, from C# and YAML, loaded once at first use.</summary>
internal sealed class FlowCatalog(LeatProject project, IEnumerable<Flow> flows, IEnumerable<ITaskKind> kinds)
{
    private readonly Lazy<Dictionary<string, FlowDefinition>> _flows = new(() => Load(project, flows, [.. kinds.Select(kind => kind.Name)]));
    private readonly Dictionary<string, ITaskKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Flows by name.</summary>
    public IReadOnlyList<FlowDefinition> All => [.. _flows.Value.Values.OrderBy(flow => flow.Name, StringComparer.Ordinal)];

    /// <exception cref="LeatException">LEAT5001 with the nearest name.</exception>
    public FlowDefinition Get(string name)
    {
        if (_flows.Value.TryGetValue(name, out var flow)) return flow;
        var nearest = Nearest.To(name, _flows.Value.Keys);
        var known = _flows.Value.Count == 0 ? "the project has no flows" : "flows are " + string.Join(", ", All.Select(f => f.Name));
        throw new LeatException("LEAT5001", $"there is no flow '{name}'; {known}", project.Root, nearest is null ? "see 'leat flow list', or declare it in flows/" : $"write '{nearest}'");
    }

    /// <summary>The flow, or null when the project no longer has it.</summary>
    public FlowDefinition? Find(string name) => _flows.Value.GetValueOrDefault(name);

    /// <summary>The kind that runs a task; null for a C# delegate.</summary>
    public ITaskKind? KindOf(TaskDefinition task) => task.Work is null ? _kinds[task.Kind] : null;

    private static Dictionary<string, FlowDefinition> Load(LeatProject project, IEnumerable<Flow> flows, List<string> kinds)
    {
        var loaded = new Dictionary<string, FlowDefinition>(StringComparer.Ordinal);
        foreach (var flow in flows.Select(flow => flow.ToDefinition()).Concat(FlowYaml.ReadAll(project.Root)))
        {
            foreach (var task in flow.Tasks.Where(task => task.Work is null && !kinds.Contains(task.Kind)))
            {
                var nearest = Nearest.To(task.Kind, kinds);
                throw new LeatException("LEAT5003", $"task '{task.Name}' of flow '{flow.Name}' is of kind '{task.Kind}', which nobody offers; kinds are {string.Join(", ", kinds.Order(StringComparer.Ordinal))}", flow.DeclaredAt, nearest is null ? "use one of these kinds" : $"write '{nearest}'");
            }
            if (loaded.TryAdd(flow.Name, flow)) continue;
            throw new LeatException("LEAT5008", $"flow '{flow.Name}' is declared twice; the first is at {loaded[flow.Name].DeclaredAt}", flow.DeclaredAt, "rename one of them");
        }
        return loaded;
    }
}
