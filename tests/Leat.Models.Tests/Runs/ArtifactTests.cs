using System.Text.Json;

namespace Leat.Models.Tests.Runs;

public sealed class ArtifactTests
{
    private const string SchemaFile = "cases/dbt_schemas/run-results_v6.json";

    [DuckDbFact(SchemaFile)]
    public async Task Given_results_of_every_kind_When_written_Then_run_results_fit_dbts_schema()
    {
        var path = SharedFolder.Find(SchemaFile)!;
        using var project = new TestProject(
            ("seeds/s.csv", "id\n1\n1\n"),
            ("models/a.sql", "select * from {{ ref('s') }}"),
            ("models/b.sql", "select nope from {{ ref('s') }}"),
            ("models/c.sql", "select * from {{ ref('b') }}"),
            ("models/s.yml", "models: [{name: a, columns: [{name: id, tests: [not_null, unique]}]}]"),
            ("tests/w.sql", "{{ config(severity='warn') }} select * from {{ ref('a') }}"));
        var result = await project.Run(ModelsVerb.Build);
        Assert.Equal(["Error", "Fail", "Pass", "Skipped", "Success", "Success", "Warn"], result.Nodes.Select(n => n.Status.ToString()).Order(StringComparer.Ordinal));
        using var schema = JsonDocument.Parse(File.ReadAllText(path));
        using var written = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Root, "target/run_results.json")));
        Assert.Empty(JsonSchema.Check(schema.RootElement, written.RootElement));
    }

    [DuckDbFact]
    public async Task Given_hooks_When_built_Then_they_run_around_models_and_runs()
    {
        using var project = new TestProject(
            ("dbt_project.yml", "name: shop\non-run-start: \"create table if not exists log (what text)\"\non-run-end: [\"insert into log values ('end')\"]\nmodels:\n  +post-hook: \"insert into log select '{{ this.name }} ' || count(*) from {{ this }}\"\n"),
            ("models/a.sql", "{{ config(materialized='table', pre_hook=\"insert into log values ('before')\") }} select * from range(3)"));
        var result = await project.Run(ModelsVerb.Build);
        Assert.True(result.ExitCode == 0, result.Nodes[0].Message);
        Assert.Equal(["before", "a 3", "end"], project.Query("select what from log"));
    }

    [DuckDbFact]
    public async Task Given_fail_fast_When_a_model_fails_Then_the_rest_is_skipped()
    {
        using var project = new TestProject(("models/a.sql", "select nope"), ("models/b.sql", "select 1 as x"));
        var result = await project.Run(new ModelsCommand(ModelsVerb.Run) { FailFast = true });
        Assert.Equal(["a Error", "b Skipped"], result.Nodes.Select(n => $"{n.Name} {n.Status}"));
    }
}
