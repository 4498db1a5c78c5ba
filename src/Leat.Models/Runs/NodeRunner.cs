using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Runs one node: compile, hooks, build or test; what goes wrong becomes its result.</summary>
internal sealed class NodeRunner(NodeCompiler compiler, Warehouse warehouse, Materializer materializer, Artifacts artifacts, TimeProvider time)
{
    private readonly SeedBuild _seeds = new(warehouse, materializer);
    private readonly TestRun _tests = new(warehouse);

    /// <param name="node">The node.</param>
    /// <param name="compileOnly">Compile into target/compiled and stop.</param>
    /// <param name="ct">Cancels between statements.</param>
    public async Task<NodeResult> RunAsync(Node node, bool compileOnly, CancellationToken ct)
    {
        var startedAt = time.GetUtcNow();
        var begun = time.GetTimestamp();
        CompiledNode? compiled = null;
        NodeResult Result(NodeStatus status, string message, long? rows = null, long? failures = null) =>
            new(node.UniqueId, node.Name, node.Type, status, rows, time.GetElapsedTime(begun), message, failures, startedAt)
            {
                RelationName = node.Type == ResourceType.Test || node.IsEphemeral ? null : node.Relation.Text,
                CompiledCode = compiled?.Sql,
                Path = node.Path,
            };
        try
        {
            if (node.Type == ResourceType.Seed)
            {
                var seeded = await _seeds.RunAsync(node, ct).ConfigureAwait(false);
                return Result(NodeStatus.Success, seeded.Message, seeded.Rows);
            }
            compiled = compiler.Compile(node, warehouse);
            artifacts.WriteCompiled(compiled);
            if (compileOnly) return Result(NodeStatus.Success, "compiled");
            if (node.Type == ResourceType.Test)
            {
                var (status, failures, message) = await _tests.RunAsync(compiled, ct).ConfigureAwait(false);
                return Result(status, message, failures: failures);
            }
            var outcome = await BuildAsync(compiled, ct).ConfigureAwait(false);
            return Result(NodeStatus.Success, outcome.Message, outcome.Rows);
        }
        catch (LeatException error)
        {
            var shown = compiled is not null && SqlErrorPlace.IsSqlError(error) ? SqlErrorPlace.Explain(compiled, error) : error;
            return Result(NodeStatus.Error, shown.Message);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            var shown = new LeatException("LEAT4099", $"{node.ResourceName} '{node.Name}' met a bug in Leat: {bug.GetType().Name}: {bug.Message}", node.Path, "please report it with the file", Fault.Internal, Retry.Never, bug);
            return Result(NodeStatus.Error, shown.Message);
        }
    }

    private async Task<BuildOutcome> BuildAsync(CompiledNode compiled, CancellationToken ct)
    {
        await HooksAsync(compiled.Node, "pre_hook", ct).ConfigureAwait(false);
        var outcome = await materializer.BuildAsync(compiled, ct).ConfigureAwait(false);
        await HooksAsync(compiled.Node, "post_hook", ct).ConfigureAwait(false);
        return outcome;
    }

    private async Task HooksAsync(Node node, string key, CancellationToken ct)
    {
        foreach (var hook in node.Config.Items(key))
        {
            var text = hook is PyDict dict ? dict.Text("sql") : PyText.Str(hook);
            var sql = text is null ? "" : compiler.Hook(node, text, warehouse);
            if (!string.IsNullOrWhiteSpace(sql)) await warehouse.ExecuteAsync(sql, ct).ConfigureAwait(false);
        }
    }
}
