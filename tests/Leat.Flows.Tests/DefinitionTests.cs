using Leat.Core;

namespace Leat.Flows.Tests;

public sealed class DefinitionTests
{
    private const string Nightly = """
        schedule: 0 2 * * *
        time_zone: Europe/Berlin
        tasks:
          extract:
            kind: shell
            settings: {command: "echo hello $LEAT_TASK; echo $GREETING >&2", GREETING: moin}
            retries: 2
            backoff: 5s
            timeout: 1m
          load:
            kind: shell
            after: extract
            settings: {command: "test \"$LEAT_FROM\" != \"\""}
        """;

    [Fact]
    public async Task Given_a_yaml_flow_When_run_Then_its_commands_run_and_their_output_is_kept()
    {
        await using var house = new FlowHouse();
        house.Write("flows/nightly.yml", Nightly);
        var runtime = house.Process();

        var flow = Assert.Single(runtime.List());
        var run = await runtime.RunAsync("nightly", CancellationToken.None);
        var log = await runtime.LogAsync(run.RunId, "extract", 1, CancellationToken.None);

        Assert.Equal(("nightly", "Europe/Berlin", TimeSpan.FromMinutes(1), 2), (flow.Name, flow.Schedule!.TimeZone, flow.Tasks[0].Timeout, flow.Tasks[0].Retry.Retries));
        Assert.Equal((RunState.Success, "extract success, load success"), (run.State, RunTests.Show(run)));
        Assert.Contains("hello extract", log, StringComparison.Ordinal);
        Assert.Contains("moin", log, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromDays(1), run.ToExcl - run.From);
    }

    [Fact]
    public async Task Given_a_command_that_fails_When_run_Then_LEAT5005_with_its_exit_code()
    {
        await using var house = new FlowHouse();
        house.Write("flows/f.yml", "tasks: {a: {kind: shell, settings: {command: exit 3}}}");

        var run = await house.Process().RunAsync("f", CancellationToken.None);

        Assert.Contains("LEAT5005: the command ended with exit code 3", run.Tasks[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_command_that_hangs_When_it_times_out_Then_it_and_its_children_end()
    {
        await using var house = new FlowHouse();
        house.Write("flows/f.yml", "tasks: {a: {kind: shell, timeout: 1m, settings: {command: 'sleep 300 & echo $! > pid; wait'}}}");
        var pidFile = Path.Combine(house.Root, "pid");

        var running = house.Process().RunAsync("f", CancellationToken.None);
        for (var i = 0; i < 2_000 && !(File.Exists(pidFile) && new FileInfo(pidFile).Length > 0); i++) await Task.Delay(5);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var run = await running;

        Assert.StartsWith("LEAT5006", run.Tasks[0].Reason, StringComparison.Ordinal);
        var child = $"/proc/{(await File.ReadAllTextAsync(pidFile)).Trim()}/stat";
        for (var i = 0; i < 1_000 && Lives(child); i++) await Task.Delay(5);
        Assert.False(Lives(child));
    }

    [Theory]
    [InlineData("tasks: {a: {kind: shel}}", "LEAT5003", "write 'shell'")]
    [InlineData("tasks: {a: {kind: shell, after: b}}", "LEAT5007", "declare it")]
    [InlineData("tasks: {a: {kind: shell, after: b}, b: {kind: shell, after: a}}", "LEAT5002", "take one of these")]
    [InlineData("tasks: {a: {kind: shell, retires: 3}}", "LEAT1003", "'retries'")]
    [InlineData("tasks: {}", "LEAT5008", "at least one")]
    [InlineData("name: a b\ntasks: {a: {kind: shell}}", "LEAT5008", "letters")]
    [InlineData("schedule: x\ntasks: {a: {kind: shell}}", "LEAT5004", "five fields")]
    [InlineData("tasks: {a: {kind: shell, when: all_sucess}}", "LEAT1004", "all_success")]
    public async Task Given_a_flow_that_cannot_run_When_listed_Then_code_place_and_remedy(string yaml, string code, string remedy)
    {
        await using var house = new FlowHouse();
        house.Write("flows/f.yml", yaml);

        var error = Assert.Throws<LeatException>(() => house.Process().List());

        Assert.Equal(code, error.Code);
        Assert.Contains(remedy, error.Todo, StringComparison.Ordinal);
        Assert.StartsWith("flows/f.yml:", error.Where, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_unknown_flow_When_run_Then_LEAT5001_offers_the_nearest()
    {
        await using var house = new FlowHouse();
        house.Write("flows/nightly.yml", Nightly);

        var error = await Assert.ThrowsAsync<LeatException>(() => house.Process().RunAsync("nightl", CancellationToken.None));

        Assert.Equal(("LEAT5001", "write 'nightly'"), (error.Code, error.Todo));
    }

    [Fact]
    public void Given_a_flow_class_When_named_Then_snake_case_without_flow() => Assert.Equal("daily_extract", new DailyExtractFlow().Name);

    private static bool Lives(string stat) => File.Exists(stat) && !File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal);

    private sealed class DailyExtractFlow : Flow
    {
        protected override void Define(FlowBuilder flow) => flow.Task("a", RunTests.Nothing);
    }
}
