using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>on-run-start and on-run-end of dbt_project.yml: SQL, rendered with the project's names.</summary>
internal sealed class RunHooks(ProjectGraph graph, NodeCompiler compiler, Warehouse warehouse)
{
    public static bool BelongTo(ModelsVerb verb) => verb is ModelsVerb.Build or ModelsVerb.Run or ModelsVerb.Seed or ModelsVerb.Test;

    /// <exception cref="LeatException">The hook cannot be rendered, or the engine refused it (LEAT4035).</exception>
    public async Task RunAsync(string key, CancellationToken ct)
    {
        foreach (var hook in graph.Root.Settings.Items(key).Select(PyText.Str))
        {
            var node = new Node(ResourceType.Model, graph.Root.Name, key, "dbt_project.yml");
            var sql = compiler.Hook(node, hook, warehouse);
            if (string.IsNullOrWhiteSpace(sql)) continue;
            try
            {
                await warehouse.ExecuteAsync(sql, ct).ConfigureAwait(false);
            }
            catch (LeatException error) when (SqlErrorPlace.IsSqlError(error))
            {
                throw new LeatException("LEAT4035", $"{key}: {error.What}", "dbt_project.yml", error.Todo, error.Fault, error.Retry, error);
            }
        }
    }
}
