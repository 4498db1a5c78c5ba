using System.Text.Json;
using Leat.Conformance;

namespace Leat.Host.Tests;

/// <summary>Words in, text and exit code out.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>As the launcher does.</summary>
    public CommandLineTests() => Environment.SetEnvironmentVariable("LEAT_HOME", RepositoryRoot.Path);

    [Fact]
    public async Task Given_no_words_When_run_Then_help_is_on_stdout_with_examples_first()
    {
        var run = await CommandLineRun.InAsync(_folder.Path);
        Assert.Equal(0, run.Code);
        Assert.True(run.Out.IndexOf("examples:", StringComparison.Ordinal) < run.Out.IndexOf("verbs:", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Fact]
    public async Task Given_the_launcher_and_the_storefront_When_help_is_asked_for_Then_their_verbs_are_told_of()
    {
        var run = await CommandLineRun.InAsync(_folder.Path, "--help");
        Assert.Matches(@"\n  demo +\S", run.Out);
        Assert.Matches(@"\n  simulate +\S", run.Out);
    }

    [Theory]
    [InlineData("new")]
    [InlineData("up")]
    [InlineData("sql")]
    [InlineData("build")]
    [InlineData("flow")]
    [InlineData("stream")]
    [InlineData("doctor")]
    [InlineData("bench")]
    public async Task Given_a_verb_When_asked_for_help_Then_examples_usage_and_options_are_printed(string verb)
    {
        var run = await CommandLineRun.InAsync(_folder.Path, verb, "--help");
        Assert.Equal(0, run.Code);
        Assert.Contains($"leat {verb}", run.Out);
        Assert.Contains("usage:", run.Out);
        Assert.Contains("--json", run.Out);
    }

    [Theory]
    [InlineData("biuld", "did you mean 'build'?")]
    [InlineData("strem", "did you mean 'stream'?")]
    [InlineData("dmeo", "did you mean 'demo'?")]
    public async Task Given_a_misspelt_verb_When_run_Then_it_is_wrong_usage_and_the_nearest_is_offered(string typed, string offer)
    {
        var run = await CommandLineRun.InAsync(_folder.Path, typed);
        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Out);
        Assert.Contains("LEAT7001", run.Error);
        Assert.Contains(offer, run.Error);
    }

    [Fact]
    public async Task Given_a_misspelt_option_When_run_Then_it_is_wrong_usage_and_the_nearest_is_offered()
    {
        var run = await CommandLineRun.InAsync(_folder.Path, "doctor", "--jsno");
        Assert.Equal(2, run.Code);
        Assert.Contains("did you mean '--json'?", run.Error);
    }

    [Fact]
    public async Task Given_no_project_When_a_verb_needs_one_Then_it_says_how_to_make_one()
    {
        var run = await CommandLineRun.InAsync(_folder.Path, "sql", "select 1");
        Assert.Equal(1, run.Code);
        Assert.Contains("LEAT1001", run.Error);
        Assert.Contains("leat new", run.Error);
    }

    [Fact]
    public async Task Given_broken_YAML_When_a_verb_runs_Then_file_line_and_remedy_are_told_and_json_carries_the_code()
    {
        _folder.Write("leat.yml", "name: shop\nserver:\n  port: [4310\n");
        var run = await CommandLineRun.InAsync(_folder.Path, "sql", "select 1", "--json");
        Assert.Equal(1, run.Code);
        var error = JsonDocument.Parse(run.Out).RootElement.GetProperty("error");
        Assert.Equal("LEAT1002", error.GetProperty("code").GetString());
        Assert.Matches(@"leat\.yml:[34]", error.GetProperty("where").GetString());
    }

    [Fact]
    public async Task Given_an_unknown_setting_When_a_verb_runs_Then_the_nearest_name_is_offered()
    {
        _folder.Write("leat.yml", "name: shop\nsever:\n  port: 1\n");
        var run = await CommandLineRun.InAsync(_folder.Path, "sql", "select 1");
        Assert.Contains("LEAT1003", run.Error);
        Assert.Contains("server", run.Error);
    }

    [Fact]
    public async Task Given_a_new_project_When_made_twice_Then_the_second_time_is_refused_and_nothing_is_overwritten()
    {
        var first = await CommandLineRun.InAsync(_folder.Path, "new", "shop", "--json");
        Assert.Equal(0, first.Code);
        Assert.Contains("leat.yml", first.Out);
        File.AppendAllText(Path.Combine(_folder.Path, "shop/leat.yml"), "# mine\n");
        var second = await CommandLineRun.InAsync(_folder.Path, "new", "shop");
        Assert.Equal(1, second.Code);
        Assert.Contains("LEAT7021", second.Error);
        Assert.Contains("# mine", File.ReadAllText(Path.Combine(_folder.Path, "shop/leat.yml")));
    }

    [Fact]
    public async Task Given_a_new_project_with_a_program_When_made_Then_program_and_job_are_there_and_name_the_project()
    {
        Assert.Equal(0, (await CommandLineRun.InAsync(_folder.Path, "new", "my_shop", "--csharp")).Code);
        var project = Path.Combine(_folder.Path, "my_shop");
        Assert.Contains("namespace MyShop;", File.ReadAllText(Path.Combine(project, "streams/EventsPerMinute.cs")));
        Assert.Contains("AddStream<EventsPerMinute>", File.ReadAllText(Path.Combine(project, "Program.cs")));
        Assert.True(File.Exists(Path.Combine(project, "my_shop.csproj")));
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("../shop")]
    [InlineData("1shop")]
    public async Task Given_a_bad_name_When_a_project_is_made_Then_the_allowed_form_is_told(string name)
    {
        var run = await CommandLineRun.InAsync(_folder.Path, "new", name);
        Assert.Equal(1, run.Code);
        Assert.Contains("LEAT7020", run.Error);
    }

    [Fact]
    public async Task Given_an_unknown_benchmark_When_run_Then_the_known_ones_are_listed()
    {
        var run = await CommandLineRun.InAsync(_folder.Path, "bench", "strat");
        Assert.Contains("LEAT7031", run.Error);
        Assert.Contains("did you mean 'start'?", run.Error);
    }

    public void Dispose() => _folder.Dispose();
}
