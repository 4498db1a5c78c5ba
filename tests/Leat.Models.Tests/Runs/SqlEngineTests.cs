using Leat.Core;
using Leat.Sql;
using Microsoft.Extensions.Options;

namespace Leat.Models.Tests.Runs;

/// <summary>Models on the session that the program uses, with the lake as a source of files.</summary>
public sealed class SqlEngineTests
{
    [DuckDbFact]
    public async Task Given_a_source_of_the_lake_When_built_through_the_engine_Then_tables_and_tests_read_it()
    {
        using var project = new TestProject(
            ("models/s.yml", "sources: [{name: raw, meta: {leat: lake}, tables: [{name: sales, columns: [{name: id, tests: [not_null]}]}]}]\nmodels: [{name: fct, columns: [{name: id, tests: [unique]}]}]"),
            ("models/stg.sql", "-- typed\nselect cast(id as bigint) as id, cast(amount as decimal(18, 3)) as amount\nfrom {{ source('raw', 'sales') }}"),
            ("models/fct.sql", "{{ config(materialized='incremental', unique_key='id') }}\nselect * from {{ ref('stg') }}\n{% if is_incremental() %}where id >= (select max(id) from {{ this }}){% endif %}"),
            ("models/wrong.sql", "{{ config(materialized='table') }}\nselect id,\n  amuont\nfrom {{ source('raw', 'sales') }}"));
        using var engine = new SqlEngine(project.Project, [new OneFileLake()], Options.Create(new SqlEngineOptions()));
        var runner = new ModelsRunner(project.Project, engine, project.Events, TimeProvider.System);
        for (var i = 0; i < 2; i++)
        {
            var result = await runner.RunAsync(new ModelsCommand(ModelsVerb.Build) { Exclude = ["wrong"] }, project.Output);
            Assert.True(result.ExitCode == 0, string.Join('\n', result.Nodes.Select(n => $"{n.Name} {n.Status} {n.Message}")));
        }
        var wrong = await runner.RunAsync(new ModelsCommand(ModelsVerb.Run) { Select = ["wrong"] }, project.Output);
        Assert.Contains("\n  at models/wrong.sql:3:3", wrong.Nodes.Single().Message, StringComparison.Ordinal);
        using var connection = engine.Warehouse.Connect();
        Assert.Equal("3", Convert.ToString(connection.Scalar("select count(*) from fct"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("12.345", Convert.ToString(connection.Scalar("select sum(amount) from fct"), System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class OneFileLake : ISqlSource
    {
        public string SchemaName => "lake";

        public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<string>>(["raw.sales"]);

        public ValueTask<SqlRelation?> ResolveAsync(string relation, SqlAt? at, CancellationToken ct) => ValueTask.FromResult<SqlRelation?>(
            relation == "raw.sales" ? new SqlRelation.Query("select * from (values ('1', '10.100'), ('2', '2.240'), ('3', '0.005')) t(id, amount)") : null);
    }
}
