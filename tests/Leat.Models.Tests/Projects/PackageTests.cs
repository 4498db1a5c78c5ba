using Leat.Models.Tests.Runs;

namespace Leat.Models.Tests.Projects;

public sealed class PackageTests
{
    [DuckDbFact]
    public async Task Given_a_package_in_the_style_of_dbt_utils_When_built_Then_macros_dispatch_and_its_tests_run()
    {
        using var project = new TestProject(
            ("dbt_packages/tools/dbt_project.yml", "name: tools\n"),
            ("dbt_packages/tools/macros/key.sql", """
                {%- macro surrogate_key(field_list) -%}
                    {{ return(adapter.dispatch('surrogate_key', 'tools')(field_list)) }}
                {% endmacro %}
                {%- macro default__surrogate_key(field_list) -%}
                {%- set fields = [] -%}
                {%- for field in field_list -%}
                    {%- do fields.append("coalesce(cast(" ~ field ~ " as " ~ dbt.type_string() ~ "), '_null_')") -%}
                    {%- if not loop.last %}{%- do fields.append("'-'") -%}{%- endif -%}
                {%- endfor -%}
                {{ dbt.hash(dbt.concat(fields)) }}
                {%- endmacro -%}
                """),
            ("dbt_packages/tools/macros/tests.sql", "{% test at_least(model, column_name, minimum) %}select * from {{ model }} where {{ column_name }} < {{ minimum }}{% endtest %}"),
            ("dbt_packages/tools/models/from_package.sql", "{{ config(materialized='table') }} select {{ helper() }} as x"),
            ("dbt_packages/tools/macros/helper.sql", "{% macro helper() %}1{% endmacro %}"),
            ("macros/helper.sql", "{% macro helper() %}2{% endmacro %}"),
            ("models/m.sql", "select {{ tools.surrogate_key(['a', 'b']) }} as k, a, {{ helper() }} as h from (select 7 as a, null as b) t, {{ ref('tools', 'from_package') }}"),
            ("models/m.yml", "models:\n  - name: m\n    columns:\n      - name: a\n        tests:\n          - tools.at_least: {minimum: 5}\n          - tools.at_least: {minimum: \"{{ var('floor', 8) }}\", config: {severity: warn, where: a > 0}}\n"));
        var result = await project.Run(ModelsVerb.Build);
        Assert.True(result.ExitCode == 0, string.Join('\n', result.Nodes.Select(n => n.Message)));
        Assert.Equal(["True|7|2"], project.Query("select k = md5('7-_null_'), a, h from m"));
        Assert.Equal(["1"], project.Query("select x from from_package"));
        Assert.Equal(["Pass", "Warn"], result.Nodes.Where(n => n.ResourceType == ResourceType.Test).Select(n => n.Status.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Given_a_disabled_model_When_parsed_Then_it_and_its_tests_are_gone()
    {
        using var project = new TestProject(
            ("dbt_project.yml", "name: shop\nmodels:\n  shop:\n    off:\n      +enabled: \"{{ var('with_off', false) | as_bool }}\"\n"),
            ("models/off/a.sql", "select 1 as x"),
            ("models/b.sql", "select 1 as x"),
            ("models/s.yml", "models: [{name: a, columns: [{name: x, tests: [unique]}]}]"));
        Assert.Equal(["b"], (await project.Run(ModelsVerb.Parse)).Nodes.Select(n => n.Name));
        Assert.Equal(3, (await project.Run(new ModelsCommand(ModelsVerb.Parse) { Vars = "{with_off: true}" })).Nodes.Length);
    }

    [Fact]
    public async Task Given_a_long_test_When_named_Then_the_name_is_that_of_dbt()
    {
        using var project = new TestProject(
            ("models/orders_with_a_long_name.sql", "select 1 as status"),
            ("models/s.yml", "models: [{name: orders_with_a_long_name, columns: [{name: status, tests: [{accepted_values: {values: [placed, shipped, completed, returned]}}]}]}]"));
        var test = (await project.Run(ModelsVerb.Parse)).Nodes.Single(n => n.ResourceType == ResourceType.Test);
        Assert.Matches("^accepted_values_orders_with_a__[0-9a-f]{32}$", test.Name);
    }

    [Fact]
    public async Task Given_800_models_When_parsed_Then_it_takes_seconds_at_most()
    {
        using var project = new TestProject(("models/m0.sql", "select 1 as x"));
        for (var i = 1; i < 800; i++) project.Write($"models/m{i}.sql", $"{{{{ config(materialized='table', tags=['t{i % 7}']) }}}}\n{{% set cols = ['a', 'b'] %}}\nselect {{% for c in cols %}}x as {{{{ c }}}}{{{{ ',' if not loop.last }}}} {{% endfor %}}, x from {{{{ ref('m{i / 2}') }}}}");
        var begun = System.Diagnostics.Stopwatch.StartNew();
        var result = await project.Run(ModelsVerb.Parse);
        Assert.Equal(800, result.Nodes.Length);
        Assert.True(begun.Elapsed < TimeSpan.FromSeconds(10), $"parsing took {begun.Elapsed.TotalSeconds:F1} s");
    }
}
