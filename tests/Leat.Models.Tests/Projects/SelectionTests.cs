using Leat.Models.Tests.Runs;

namespace Leat.Models.Tests.Projects;

public sealed class SelectionTests
{
    private static readonly (string, string)[] Files =
    [
        ("models/s.yml", "sources: [{name: raw, tables: [{name: t}]}]\nmodels:\n  - name: b\n    config: {tags: [hot]}\n    columns: [{name: x, tests: [not_null]}]\n"),
        ("models/stg/a.sql", "select * from {{ source('raw', 't') }}"),
        ("models/b.sql", "select * from {{ ref('a') }}"),
        ("models/c.sql", "{{ config(tags='hot', materialized='table') }} select * from {{ ref('b') }}"),
        ("models/d.sql", "select * from {{ ref('c') }} join {{ ref('e') }} using (x)"),
        ("models/e.sql", "select 1 as x"),
    ];

    [Theory]
    [InlineData("b", "b not_null_b_x")]
    [InlineData("+b", "a b not_null_b_x raw.t")]
    [InlineData("1+b", "a b not_null_b_x")]
    [InlineData("b+1", "b c not_null_b_x")]
    [InlineData("c+", "c d")]
    [InlineData("@c", "a b c d e not_null_b_x raw.t")]
    [InlineData("tag:hot", "b c not_null_b_x")]
    [InlineData("tag:hot,config.materialized:table", "c")]
    [InlineData("path:models/stg e", "a e")]
    [InlineData("models/stg", "a")]
    [InlineData("source:raw+1", "a raw.t")]
    [InlineData("test_type:generic", "not_null_b_x")]
    [InlineData("shop.stg", "a")]
    public async Task Given_a_selection_When_listed_Then_these_nodes_are_in_it(string select, string expected)
    {
        using var project = new TestProject(Files);
        var result = await project.Run(ModelsVerb.Ls, select);
        Assert.Equal(expected, string.Join(' ', result.Nodes.Select(n => n.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Given_an_exclusion_When_listed_Then_its_tests_go_with_it()
    {
        using var project = new TestProject(Files);
        var result = await project.Run(new ModelsCommand(ModelsVerb.Ls) { Select = ["tag:hot"], Exclude = ["b"] });
        Assert.Equal("c", string.Join(' ', result.Nodes.Select(n => n.Name)));
    }

    [Fact]
    public async Task Given_an_unknown_method_When_listed_Then_the_nearest_is_offered()
    {
        using var project = new TestProject(Files);
        var error = await Assert.ThrowsAsync<Core.LeatException>(() => project.Run(ModelsVerb.Ls, "tags:hot"));
        Assert.Equal("LEAT4023: there is no selection method 'tags:'\n  at --select\n  fix: use 'tag:'", error.Message);
    }
}
