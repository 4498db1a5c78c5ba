namespace Leat.Models.Tests.Runs;

public sealed class IncrementalTests
{
    private const string Source = "{% set rows = var('rows') %}select * from (values {{ rows }}) t(id, v)";

    private static TestProject Make(string config) => new(
        ("models/m.sql", $"{{{{ config(materialized='incremental'{config}) }}}}\n{Source}\n{{% if is_incremental() %}}where id >= (select max(id) from {{{{ this }}}}){{% endif %}}"));

    private static ModelsCommand With(string rows, bool fullRefresh = false) => new(ModelsVerb.Run) { Vars = $"rows: \"{rows}\"", FullRefresh = fullRefresh };

    private static async Task Ok(Task<ModelsResult> run)
    {
        var result = await run;
        Assert.True(result.ExitCode == 0, string.Join('\n', result.Nodes.Select(n => n.Message)));
    }

    [DuckDbFact]
    public async Task Given_no_unique_key_When_run_again_Then_rows_are_appended()
    {
        using var project = Make("");
        await Ok(project.Run(With("(1, 'a'), (2, 'b')")));
        await Ok(project.Run(With("(1, 'z'), (2, 'b2'), (3, 'c')")));
        Assert.Equal(["1|a", "2|b", "2|b2", "3|c"], project.Query("select * from m order by 1, 2"));
    }

    [DuckDbFact]
    public async Task Given_a_unique_key_When_run_again_Then_rows_are_replaced_by_key()
    {
        using var project = Make(", unique_key='id'");
        await Ok(project.Run(With("(1, 'a'), (2, 'b')")));
        await Ok(project.Run(With("(2, 'b2'), (3, 'c')")));
        Assert.Equal(["1|a", "2|b2", "3|c"], project.Query("select * from m order by 1"));
    }

    [DuckDbFact]
    public async Task Given_merge_When_run_again_Then_rows_are_updated_and_inserted()
    {
        using var project = Make(", unique_key=['id'], incremental_strategy='merge'");
        await Ok(project.Run(With("(1, 'a'), (2, 'b')")));
        await Ok(project.Run(With("(2, 'b2'), (3, 'c')")));
        Assert.Equal(["1|a", "2|b2", "3|c"], project.Query("select * from m order by 1"));
    }

    [DuckDbFact]
    public async Task Given_full_refresh_When_run_again_Then_the_table_is_built_anew()
    {
        using var project = Make(", unique_key='id'");
        await Ok(project.Run(With("(1, 'a'), (2, 'b')")));
        await Ok(project.Run(With("(9, 'n')", fullRefresh: true)));
        Assert.Equal(["9|n"], project.Query("select * from m"));
    }

    [DuckDbFact]
    public async Task Given_a_new_column_When_schema_changes_are_appended_Then_the_table_grows()
    {
        using var project = Make(", on_schema_change='append_new_columns'");
        await Ok(project.Run(With("(1, 'a')")));
        project.Write("models/m.sql", "{{ config(materialized='incremental', on_schema_change='append_new_columns') }} select 2 as id, 'b' as v, 5 as extra");
        await Ok(project.Run(With("(1, 'a')")));
        Assert.Equal(["1|a|", "2|b|5"], project.Query("select id, v, extra from m order by 1"));
    }

    [DuckDbFact]
    public async Task Given_a_failing_batch_When_run_Then_the_table_keeps_its_rows()
    {
        using var project = Make(", unique_key='idd'");
        await Ok(project.Run(With("(1, 'a')")));
        var result = await project.Run(With("(2, 'b')"));
        Assert.Contains("LEAT4032", result.Nodes[0].Message, StringComparison.Ordinal);
        Assert.Contains("use 'id'", result.Nodes[0].Message, StringComparison.Ordinal);
        Assert.Equal(["1|a"], project.Query("select * from m"));
    }
}
