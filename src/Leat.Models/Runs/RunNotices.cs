using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;

namespace Leat.Models;

/// <summary>Tells the rest of Leat what each node reads and writes.</summary>
internal sealed class RunNotices(ProjectGraph graph, IRunEvents events, Invocation invocation)
{
    public void Started(Node node, DateTimeOffset at) => Publish(RunEventKind.Started, node, at, ImmutableDictionary<string, string>.Empty);

    public void Ended(Node node, NodeResult result)
    {
        var kind = result.Status switch
        {
            NodeStatus.Skipped => RunEventKind.Skipped,
            NodeStatus.Error or NodeStatus.Fail => RunEventKind.Failed,
            _ => RunEventKind.Completed,
        };
        var detail = ImmutableDictionary<string, string>.Empty
            .Add("status", result.Status.ToString())
            .Add("seconds", result.Elapsed.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture))
            .Add("message", result.Message);
        if (result.Rows is { } rows) detail = detail.Add("rows", rows.ToString(CultureInfo.InvariantCulture));
        if (result.Failures is { } failures) detail = detail.Add("failures", failures.ToString(CultureInfo.InvariantCulture));
        Publish(kind, node, result.StartedAt + result.Elapsed, detail);
    }

    private void Publish(RunEventKind kind, Node node, DateTimeOffset at, ImmutableDictionary<string, string> detail) =>
        events.Publish(new RunEvent(kind, $"models/{node.Name}", invocation.Id, at, Inputs(node), node.Type == ResourceType.Test ? [] : [Dataset(node.Relation)], detail));

    /// <summary>Relations read; through ephemeral models to what those read.</summary>
    private ImmutableArray<string> Inputs(Node node) => [.. node.DependsOn.Select(id => graph[id]).SelectMany(p => p.IsEphemeral ? Inputs(p) : [Dataset(p.Relation)]).Distinct(StringComparer.Ordinal)];

    private static string Dataset(Relation relation) => relation.IsLive
        ? string.Join('.', new[] { relation.Database, relation.Schema, relation.Identifier }.Where(p => p.Length > 0))
        : $"{relation.Schema}.{relation.Identifier}";
}
