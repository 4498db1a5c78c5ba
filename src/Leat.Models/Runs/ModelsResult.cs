using System.Collections.Immutable;

namespace Leat.Models;

/// <summary>What a command did.</summary>
/// <param name="Verb">The command.</param>
/// <param name="InvocationId">Unique id, also in run_results.json and run events.</param>
/// <param name="Nodes">One entry a node, in the order they ended.</param>
/// <param name="Elapsed">Whole time.</param>
public sealed record ModelsResult(ModelsVerb Verb, string InvocationId, ImmutableArray<NodeResult> Nodes, TimeSpan Elapsed)
{
    /// <summary>0 when nothing failed, 1 otherwise; a project that cannot be read throws instead (exit 2).</summary>
    public int ExitCode => Nodes.Any(n => n.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.Skipped) ? 1 : 0;

    /// <summary>Nodes that ended so.</summary>
    public int Count(NodeStatus status) => Nodes.Count(n => n.Status == status);
}
