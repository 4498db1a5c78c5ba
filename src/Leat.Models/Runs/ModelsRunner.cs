using System.Collections.Immutable;
using Leat.Core;
using Leat.Models.Jinja;
using Leat.Sql;

namespace Leat.Models;

/// <summary>Runs dbt's verbs on the project of this host.</summary>
public sealed class ModelsRunner(LeatProject project, ISqlEngine engine, IRunEvents events, TimeProvider time)
{
    /// <summary>Runs one command. Failures of single nodes are in the result; a project that cannot be read, or a wrong selection, throws.</summary>
    /// <exception cref="LeatException">LEAT4001-4024, with file and line.</exception>
    public async Task<ModelsResult> RunAsync(ModelsCommand command, IModelsOutput output, CancellationToken ct = default)
    {
        var begun = time.GetTimestamp();
        var invocation = Invoke(command, output);
        if (command.Verb is ModelsVerb.Parse or ModelsVerb.Ls)
        {
            var listed = command.Verb == ModelsVerb.Ls ? List(Load(command, invocation, null), command) : Parsed(Load(command, invocation, null));
            return new ModelsResult(command.Verb, invocation.Id, listed, time.GetElapsedTime(begun));
        }
        await using var session = engine.OpenSession(new SqlSessionOptions());
        var warehouse = new Warehouse(session, ct);
        var database = PyText.Str((await warehouse.QueryAsync("select current_database()", ct).ConfigureAwait(false)).Rows[0][0]);
        var graph = Load(command, invocation, database);
        var selected = new NodeSelector(graph).Select(command.Select, command.Exclude);
        var plan = RunPlan.Make(graph, selected, command.Verb);
        if (plan.Order.Length == 0) output.Line("Nothing to do: the selection matches no nodes of this verb.");
        var artifacts = new Artifacts(graph);
        var compiler = new NodeCompiler(graph, invocation);
        var hooks = new RunHooks(graph, compiler, warehouse);
        if (RunHooks.BelongTo(command.Verb)) await hooks.RunAsync("on-run-start", ct).ConfigureAwait(false);
        var runner = new NodeRunner(compiler, warehouse, new Materializer(graph, warehouse, command.FullRefresh), artifacts, time);
        var nodes = await RunPlanAsync(plan, command, runner, (output, new RunNotices(graph, events, invocation)), ct).ConfigureAwait(false);
        if (RunHooks.BelongTo(command.Verb)) await hooks.RunAsync("on-run-end", ct).ConfigureAwait(false);
        var result = new ModelsResult(command.Verb, invocation.Id, nodes, time.GetElapsedTime(begun));
        artifacts.WriteRunResults(result, time.GetUtcNow());
        return result;
    }

    private async Task<ImmutableArray<NodeResult>> RunPlanAsync(RunPlan plan, ModelsCommand command, NodeRunner runner, (IModelsOutput Output, RunNotices Notices) listeners, CancellationToken ct)
    {
        var results = ImmutableArray.CreateBuilder<NodeResult>(plan.Order.Length);
        var blocked = new Dictionary<string, string>(StringComparer.Ordinal);
        var stopped = false;
        for (var i = 0; i < plan.Order.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            var node = plan.Order[i];
            var cause = stopped ? "--fail-fast" : plan.WaitsFor[node.UniqueId].Select(blocked.GetValueOrDefault).FirstOrDefault(c => c is not null);
            NodeResult result;
            if (cause is not null) result = new NodeResult(node.UniqueId, node.Name, node.Type, NodeStatus.Skipped, null, TimeSpan.Zero, $"skipped because of {cause}", null, time.GetUtcNow()) { Path = node.Path };
            else
            {
                listeners.Output.Started(i + 1, plan.Order.Length, node.Name, node.Type);
                listeners.Notices.Started(node, time.GetUtcNow());
                result = await runner.RunAsync(node, command.Verb == ModelsVerb.Compile, ct).ConfigureAwait(false);
            }
            if (result.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.Skipped) blocked[node.UniqueId] = cause ?? node.Name;
            stopped |= command.FailFast && (result.Status is NodeStatus.Error or NodeStatus.Fail);
            results.Add(result);
            listeners.Notices.Ended(node, result);
            listeners.Output.Finished(i + 1, plan.Order.Length, result);
        }
        return results.ToImmutable();
    }

    private Invocation Invoke(ModelsCommand command, IModelsOutput output)
    {
        var names = BaseNames.Create(time, (message, info) =>
        {
            if (info) output.Line(message);
        });
        var vars = command.Vars is null ? new PyDict() : YamlFile.Parse("--vars", command.Vars).Root as PyDict
            ?? throw new LeatException("LEAT4022", $"--vars is '{command.Vars}'; it must be a mapping", "--vars", "write --vars '{name: value}'");
        return new Invocation(Guid.NewGuid().ToString(), time.GetUtcNow(), command.Verb.ToString().ToLowerInvariant(), command.FullRefresh, vars, names);
    }

    private ProjectGraph Load(ModelsCommand command, Invocation invocation, string? database) => new ProjectLoader(project, invocation, command.Target, database).Load();

    private ImmutableArray<NodeResult> List(ProjectGraph graph, ModelsCommand command)
    {
        var selected = new NodeSelector(graph).Select(command.Select, command.Exclude);
        return [.. GraphOrder.Sort(graph).Where(n => selected.Contains(n.UniqueId)).Select(Listed)];
    }

    private ImmutableArray<NodeResult> Parsed(ProjectGraph graph) => [.. GraphOrder.Sort(graph).Select(Listed)];

    private NodeResult Listed(Node node) => new(node.UniqueId, node.Name, node.Type, NodeStatus.NoOp, null, TimeSpan.Zero, string.Join('.', node.Fqn), null, time.GetUtcNow())
    {
        Path = node.Path,
        RelationName = node.Type == ResourceType.Test ? null : node.Relation.Text,
    };
}
