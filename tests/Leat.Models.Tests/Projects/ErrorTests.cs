using Leat.Core;
using Leat.Models.Tests.Runs;

namespace Leat.Models.Tests.Projects;

public sealed class ErrorTests
{
    private static async Task<string> Fails(ModelsVerb verb, params (string, string)[] files)
    {
        using var project = new TestProject(files);
        var error = await Assert.ThrowsAsync<LeatException>(() => project.Run(verb));
        return error.Message;
    }

    [Fact]
    public async Task Given_a_ref_to_nothing_When_parsed_Then_place_and_nearest_name_are_given() => Assert.Equal(
        "LEAT4014: there is no model or seed 'ordrs'\n  at models/b.sql:2:9\n  fix: use ref('orders'), or add models/ordrs.sql",
        await Fails(ModelsVerb.Parse, ("models/orders.sql", "select 1 as x"), ("models/b.sql", "select *\nfrom {{ ref('ordrs') }}")));

    [Fact]
    public async Task Given_a_source_that_is_not_declared_When_parsed_Then_the_nearest_is_offered() => Assert.Equal(
        "LEAT4015: there is no source 'raw' with a table 'sale'\n  at models/b.sql:1:18\n  fix: use source('raw', 'sales')",
        await Fails(ModelsVerb.Parse, ("models/s.yml", "sources: [{name: raw, tables: [{name: sales}]}]"), ("models/b.sql", "select * from {{ source('raw', 'sale') }}")));

    [Fact]
    public async Task Given_a_circle_When_parsed_Then_it_is_drawn() => Assert.Equal(
        "LEAT4016: models refer to each other in a circle: a -> b -> c -> a\n  at models/a.sql:1:18\n  fix: take one of these refs out, for example ref('b') in models/a.sql",
        await Fails(ModelsVerb.Parse, ("models/a.sql", "select * from {{ ref('b') }}"), ("models/b.sql", "select * from {{ ref('c') }}"), ("models/c.sql", "select * from {{ ref('a') }}")));

    [Fact]
    public async Task Given_broken_yaml_When_parsed_Then_the_line_is_given()
    {
        var message = await Fails(ModelsVerb.Parse, ("models/schema.yml", "models:\n  - name: a\n   columns: []\n"), ("models/a.sql", "select 1"));
        Assert.StartsWith("LEAT4011: not valid YAML", message, StringComparison.Ordinal);
        Assert.Contains("at models/schema.yml:3:", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_two_models_of_one_name_When_parsed_Then_both_files_are_named() => Assert.Equal(
        "LEAT4013: two models are named 'a'\n  at models/x/a.sql and models/y/a.sql\n  fix: rename one of the files; ref() finds a model by its name alone",
        await Fails(ModelsVerb.Parse, ("models/x/a.sql", "select 1"), ("models/y/a.sql", "select 1")));

    [Fact]
    public async Task Given_an_undefined_name_in_a_macro_When_parsed_Then_the_stack_of_macros_is_given() => Assert.Equal(
        "LEAT4002: 'valeu' is undefined\n  at macros/m.sql:1:28\n     in macro 'inner', called at macros/m.sql:2:24\n     in macro 'outer', called at models/a.sql:2:4\n  fix: use 'value', or define 'valeu'",
        await Fails(ModelsVerb.Parse, ("models/a.sql", "select\n{{ outer(1) }}"), ("macros/m.sql", "{% macro inner(value) %}{{ valeu + 1 }}{% endmacro %}\n{% macro outer(x) %}{{ inner(x) }}{% endmacro %}")));

    [Fact]
    public async Task Given_a_folder_without_project_When_parsed_Then_the_remedy_is_given()
    {
        using var project = new TestProject();
        File.Delete(Path.Combine(project.Root, "dbt_project.yml"));
        var error = await Assert.ThrowsAsync<LeatException>(() => project.Run(ModelsVerb.Parse));
        Assert.Equal("LEAT4010", error.Code);
    }

    [DuckDbFact]
    public async Task Given_a_wrong_column_When_built_Then_the_line_in_the_model_file_is_given()
    {
        using var project = new TestProject(
            ("models/orders.sql", "select 1 as order_id, 2 as amount"),
            ("models/revenue.sql", "{{ config(materialized='table') }}\n{% set cols = ['order_id'] %}\n{% for c in cols %}\n{% endfor %}\nselect\n  order_id,\n  amout\nfrom {{ ref('orders') }}"));
        var message = (await project.Run(ModelsVerb.Build)).Nodes[1].Message;
        Assert.StartsWith("LEAT4030: model 'revenue':", message, StringComparison.Ordinal);
        Assert.Contains("\n  at models/revenue.sql:7:3 (compiled line ", message, StringComparison.Ordinal);
    }

    [DuckDbFact]
    public async Task Given_a_ref_hidden_behind_execute_When_built_Then_the_hint_is_asked_for()
    {
        using var project = new TestProject(("models/a.sql", "select 1 as x"), ("models/b.sql", "select * from {% if execute %}{{ ref('a') }}{% endif %}"));
        var message = (await project.Run(ModelsVerb.Run, "b")).Nodes[0].Message;
        Assert.StartsWith("LEAT4017", message, StringComparison.Ordinal);
        Assert.Contains("-- depends_on: {{ ref('a') }}", message, StringComparison.Ordinal);
        project.Write("models/b.sql", "-- depends_on: {{ ref('a') }}\nselect * from {% if execute %}{{ ref('a') }}{% endif %}");
        Assert.Equal(0, (await project.Run(ModelsVerb.Run)).ExitCode);
    }
}
