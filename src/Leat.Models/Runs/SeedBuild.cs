using Leat.Core;

namespace Leat.Models;

/// <summary>Loads a CSV as a table; types by trial unless column_types says otherwise.</summary>
internal sealed class SeedBuild(Warehouse warehouse, Materializer materializer)
{
    public async Task<BuildOutcome> RunAsync(Node node, CancellationToken ct)
    {
        var delimiter = node.Config.Text("delimiter") is { Length: 1 } given ? given[0] : ',';
        var (header, rows) = CsvFile.Read(node.File, node.Path, delimiter);
        var types = Types(node, header, rows);
        var relation = node.Relation;
        await warehouse.ExecuteAsync($"create schema if not exists {Relation.Quote(relation.Schema)}", ct).ConfigureAwait(false);
        var existing = await warehouse.FindAsync(relation.Schema, relation.Identifier, ct).ConfigureAwait(false);
        try
        {
            var select = Select(node, header, types, delimiter);
            var outcome = await materializer.SwapAsync(relation, existing, tmp => [$"create table {tmp.Text} as {select}"], ct).ConfigureAwait(false);
            return outcome with { Message = $"seed, {outcome.Rows} rows" };
        }
        catch (LeatException error) when (SqlErrorPlace.IsSqlError(error))
        {
            throw new LeatException("LEAT4033", $"seed '{node.Name}' cannot be loaded: {error.What}", node.Path, "correct the value, or set column_types for the column", Fault.User, Retry.Never, error);
        }
    }

    private static List<string> Types(Node node, List<string> header, List<List<string>> rows)
    {
        var wanted = node.Config.Dict("column_types");
        return [.. header.Select((name, i) => wanted.Text(name) ?? SeedTypes.Of(rows.Select(r => r[i])))];
    }

    private static string Select(Node node, List<string> header, List<string> types, char delimiter)
    {
        var names = header.Select(Relation.Quote).ToList();
        var casts = names.Zip(types, (name, type) => $"cast(case when lower(trim({name})) in ('', 'null') then null else {name} end as {type}) as {name}");
        var columns = header.Select(name => $"'{Warehouse.Literal(name)}': 'VARCHAR'");
        return $"select {string.Join(", ", casts)} from read_csv('{Warehouse.Literal(node.File)}', auto_detect = false, header = true, delim = '{Warehouse.Literal(delimiter.ToString())}', quote = '\"', escape = '\"', columns = {{{string.Join(", ", columns)}}})";
    }
}
