using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Builds relations: aside into <c>name__dbt_tmp</c>, then swapped in one transaction, so that nobody sees half a table.</summary>
internal sealed class Materializer(ProjectGraph graph, Warehouse warehouse, bool fullRefresh)
{
    private static readonly string[] Known = ["view", "table", "incremental", "ephemeral"];

    private readonly IncrementalBuild _incremental = new(warehouse);

    public async Task<BuildOutcome> BuildAsync(CompiledNode compiled, CancellationToken ct)
    {
        var node = compiled.Node;
        var relation = node.Relation;
        await warehouse.ExecuteAsync($"create schema if not exists {Relation.Quote(relation.Schema)}", ct).ConfigureAwait(false);
        var sql = compiled.Sql.TrimEnd().TrimEnd(';');
        var select = await warehouse.RewriteAsync(sql, ct).ConfigureAwait(false);
        var existing = await warehouse.FindAsync(relation.Schema, relation.Identifier, ct).ConfigureAwait(false);
        switch (node.Materialized)
        {
            case "view" when !ReadsLive(node) && select == sql:
                return await ViewAsync(relation, existing, sql, ct).ConfigureAwait(false);
            case "view":
                var outcome = await TableAsync(relation, existing, select, ct).ConfigureAwait(false);
                return outcome with { Message = outcome.Message + "; a table, not a view, because it reads the lake, a topic or a live view" };
            case "table":
                return await TableAsync(relation, existing, select, ct).ConfigureAwait(false);
            case "incremental" when existing is not { Kind: "table" } || FullRefresh(node):
                return await TableAsync(relation, existing, select, ct).ConfigureAwait(false);
            case "incremental":
                return await _incremental.RunAsync(node, select, ct).ConfigureAwait(false);
            default:
                throw Unknown(node);
        }
    }

    /// <summary>Rows put into <c>__dbt_tmp</c> by <paramref name="fill"/> take the relation's place.</summary>
    public async Task<BuildOutcome> SwapAsync(Relation relation, Relation? existing, Func<Relation, IEnumerable<string>> fill, CancellationToken ct)
    {
        var tmp = new Relation("", relation.Schema, relation.Identifier + "__dbt_tmp");
        await warehouse.ExecuteAsync($"drop table if exists {tmp.Text}", ct).ConfigureAwait(false);
        foreach (var statement in fill(tmp)) await warehouse.ExecuteAsync(statement, ct).ConfigureAwait(false);
        var rows = await warehouse.ScalarAsync($"select count(*) from {tmp.Text}", ct).ConfigureAwait(false);
        var swap = new List<string>();
        if (existing is not null) swap.Add($"drop {existing.Kind} {existing.Text}");
        swap.Add($"alter table {tmp.Text} rename to {Relation.Quote(relation.Identifier)}");
        await warehouse.InTransactionAsync(swap, ct).ConfigureAwait(false);
        return new BuildOutcome(rows, $"table, {rows} rows");
    }

    private Task<BuildOutcome> TableAsync(Relation relation, Relation? existing, string select, CancellationToken ct) =>
        SwapAsync(relation, existing, tmp => [$"create table {tmp.Text} as (\n{select}\n)"], ct);

    private async Task<BuildOutcome> ViewAsync(Relation relation, Relation? existing, string select, CancellationToken ct)
    {
        var target = new Relation("", relation.Schema, relation.Identifier);
        var statements = new List<string>();
        if (existing is { Kind: "table" }) statements.Add($"drop table {existing.Text}");
        statements.Add($"create or replace view {target.Text} as (\n{select}\n)");
        await warehouse.InTransactionAsync(statements, ct).ConfigureAwait(false);
        return new BuildOutcome(null, "view");
    }

    private bool FullRefresh(Node node) => node.Config.Flag("full_refresh", node.Path) ?? fullRefresh;

    /// <summary>Whether the node, or an ephemeral parent within it, reads something that lives outside the warehouse.</summary>
    private bool ReadsLive(Node node) => node.DependsOn.Select(id => graph[id]).Any(p => p.Relation.IsLive || (p.IsEphemeral && ReadsLive(p)));

    private static LeatException Unknown(Node node)
    {
        var nearest = Nearest.To(node.Materialized, Known);
        return new LeatException("LEAT4021", $"'{node.Name}' is materialized as '{node.Materialized}', which is not known here", node.Path, nearest is null ? $"use one of {string.Join(", ", Known)}" : $"use '{nearest}'");
    }
}
