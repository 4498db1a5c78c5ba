namespace Leat.Models.Tests.Runs;

public sealed class BuildTests
{
    private static readonly (string, string)[] Shop =
    [
        ("seeds/raw_orders.csv", "id,customer,amount,ordered_on,paid,note\n1,ann,10.50,2024-01-01,true,first\n2,bob,20,2024-01-02,false,\"a, \"\"b\"\"\"\n3,ann,,2024-01-03,TRUE,null\n"),
        ("models/staging/stg_orders.sql", "select id, customer, cast(amount as decimal(18, 2)) as amount, ordered_on\nfrom {{ ref('raw_orders') }}\nwhere amount is not null"),
        ("models/marts/customers.sql", "{{ config(materialized='table') }}\nselect customer, sum(amount) as amount, count(*) as orders from {{ ref('stg_orders') }} group by 1"),
        ("models/schema.yml", "version: 2\nmodels:\n  - name: stg_orders\n    columns:\n      - name: id\n        data_tests: [not_null, unique]\n  - name: customers\n    columns:\n      - name: customer\n        tests:\n          - accepted_values:\n              arguments: {values: [ann, bob]}\n          - relationships: {to: ref('stg_orders'), field: customer}\n"),
    ];

    [DuckDbFact]
    public async Task Given_seed_view_and_table_When_built_Then_the_relations_hold_the_rows()
    {
        using var shop = new TestProject(Shop);
        var result = await shop.Run(ModelsVerb.Build);
        Assert.True(result.ExitCode == 0, string.Join('\n', result.Nodes.Select(n => $"{n.Name} {n.Status} {n.Message}")));
        Assert.Equal(["ann|10.50|1", "bob|20.00|1"], shop.Query("select * from customers order by 1"));
        Assert.Equal(["VIEW"], shop.Query("select table_type from information_schema.tables where table_name = 'stg_orders'"));
        Assert.Equal(4, result.Count(NodeStatus.Pass));
        Assert.Equal(3, result.Count(NodeStatus.Success));
    }

    [DuckDbFact]
    public async Task Given_a_csv_When_seeded_Then_types_are_tried_in_dbts_order()
    {
        using var shop = new TestProject(Shop);
        await shop.Run(ModelsVerb.Seed);
        Assert.Equal(["id|INTEGER", "customer|VARCHAR", "amount|DOUBLE", "ordered_on|DATE", "paid|BOOLEAN", "note|VARCHAR"],
            shop.Query("select column_name, data_type from information_schema.columns where table_name = 'raw_orders' order by ordinal_position"));
        Assert.Equal(["first", "a, \"b\"", ""], shop.Query("select note from raw_orders order by id"));
        Assert.Equal(["1"], shop.Query("select count(*) from raw_orders where note is null and amount is null"));
    }

    [DuckDbFact]
    public async Task Given_a_failing_test_When_built_Then_what_is_downstream_is_skipped()
    {
        using var shop = new TestProject([.. Shop, ("tests/no_bob.sql", "select * from {{ ref('stg_orders') }} where customer = 'bob'")]);
        var result = await shop.Run(ModelsVerb.Build);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(NodeStatus.Fail, result.Nodes.Single(n => n.Name == "no_bob").Status);
        Assert.Equal(1, result.Nodes.Single(n => n.Name == "no_bob").Failures);
        Assert.Equal(NodeStatus.Skipped, result.Nodes.Single(n => n.Name == "customers").Status);
        Assert.Empty(shop.Query("select 1 from information_schema.tables where table_name = 'customers'"));
    }

    [DuckDbFact]
    public async Task Given_a_failing_test_of_severity_warn_When_built_Then_the_run_goes_on()
    {
        using var shop = new TestProject([.. Shop, ("tests/no_bob.sql", "{{ config(severity='warn') }} select * from {{ ref('stg_orders') }} where customer = 'bob'")]);
        var result = await shop.Run(ModelsVerb.Build);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1, result.Count(NodeStatus.Warn));
        Assert.Equal(["2"], shop.Query("select count(*) from customers"));
    }

    [DuckDbFact]
    public async Task Given_an_ephemeral_parent_When_built_Then_it_is_a_cte_and_no_relation()
    {
        using var shop = new TestProject(
            ("models/a.sql", "{{ config(materialized='ephemeral') }} select 1 as x"),
            ("models/b.sql", "{{ config(materialized='ephemeral') }} with t as (select x + 1 as x from {{ ref('a') }}) select * from t"),
            ("models/c.sql", "-- head\nwith mine as (select x from {{ ref('b') }}) select x, (select x from {{ ref('a') }}) as y from mine"));
        var result = await shop.Run(ModelsVerb.Build);
        Assert.Equal("c Success", string.Join(',', result.Nodes.Select(n => $"{n.Name} {n.Status}")));
        Assert.Equal(["2|1"], shop.Query("select * from c"));
    }

    [DuckDbFact]
    public async Task Given_a_view_on_the_lake_When_built_Then_it_is_a_table_with_the_rows_of_now()
    {
        using var shop = new TestProject(
            ("models/sources.yml", "sources:\n  - name: raw\n    meta: {leat: lake}\n    tables: [{name: sales}]\n"),
            ("models/stg.sql", "select * from {{ source('raw', 'sales') }}"));
        shop.Execute("create schema fake_lake; create table fake_lake.raw__sales as select 7 as x");
        var result = await shop.Run(ModelsVerb.Build);
        Assert.Contains("a table, not a view", result.Nodes.Single().Message, StringComparison.Ordinal);
        Assert.Equal(["BASE TABLE"], shop.Query("select table_type from information_schema.tables where table_name = 'stg'"));
        var completed = shop.Events.Recent.Single(e => e.Kind == Core.RunEventKind.Completed);
        Assert.Equal("lake.raw.sales", Assert.Single(completed.Inputs));
        Assert.Equal("main.stg", Assert.Single(completed.Outputs));
    }

    [DuckDbFact]
    public async Task Given_a_table_that_becomes_a_view_and_back_When_built_Then_each_replaces_the_other()
    {
        using var shop = new TestProject(("models/m.sql", "{{ config(materialized=var('as')) }} select 1 as x"));
        foreach (var kind in new[] { "table", "view", "table", "view" })
        {
            var result = await shop.Run(new ModelsCommand(ModelsVerb.Run) { Vars = $"{{as: {kind}}}" });
            Assert.True(result.ExitCode == 0, result.Nodes[0].Message);
            Assert.Equal([kind == "view" ? "VIEW" : "BASE TABLE"], shop.Query("select table_type from information_schema.tables where table_name = 'm'"));
        }
    }

    [DuckDbFact]
    public async Task Given_a_run_When_ended_Then_compiled_files_and_run_results_are_written()
    {
        using var shop = new TestProject(Shop);
        await shop.Run(ModelsVerb.Build);
        Assert.Contains("\"main\".\"raw_orders\"", File.ReadAllText(Path.Combine(shop.Root, "target/compiled/shop/models/staging/stg_orders.sql")), StringComparison.Ordinal);
        using var results = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(shop.Root, "target/run_results.json")));
        Assert.Equal(7, results.RootElement.GetProperty("results").GetArrayLength());
    }

    [DuckDbFact]
    public async Task Given_a_custom_schema_macro_When_built_Then_the_project_decides_where_models_go()
    {
        using var shop = new TestProject(
            ("dbt_project.yml", "name: shop\nmodels:\n  shop:\n    marts:\n      +schema: gold\n      +materialized: table\n      +tags: [nightly]\n"),
            ("macros/names.sql", "{% macro generate_schema_name(custom, node) %}{{ (custom or target.schema) | trim }}{% endmacro %}"),
            ("models/marts/m.sql", "select '{{ this }}' as me, '{{ config.get('schema') }}' as s"));
        await shop.Run(ModelsVerb.Run, "tag:nightly");
        Assert.Equal(["\"warehouse\".\"gold\".\"m\"|gold"], shop.Query("select * from gold.m"));
    }

    [DuckDbFact]
    public async Task Given_run_query_and_dispatch_When_compiled_Then_the_model_sees_its_parents()
    {
        using var shop = new TestProject(
            ("models/a.sql", "{{ config(materialized='table') }} select * from (values ('x', 1.50), ('y', 2.25)) t(k, v)"),
            ("models/b.sql", "{% set rows = run_query('select k, cast(v as decimal(9,2)) as v from ' ~ ref('a') ~ ' order by 1') %}\nselect {% if execute %}{% for row in rows %}{{ row[1] }} as {{ row['k'] }}{{ ', ' if not loop.last }}{% endfor %}{% else %}1{% endif %}, {{ dbt.type_string() | trim }} '1' as t, {{ pick() }} as p"),
            ("macros/m.sql", "{% macro pick() %}{{ return(adapter.dispatch('pick', 'shop')()) }}{% endmacro %}{% macro default__pick() %}1{% endmacro %}{% macro duckdb__pick() %}2{% endmacro %}"));
        var result = await shop.Run(ModelsVerb.Run);
        Assert.True(result.ExitCode == 0, string.Join('\n', result.Nodes.Select(n => n.Message)));
        Assert.Equal(["1.50|2.25|1|2"], shop.Query("select * from b"));
    }
}
