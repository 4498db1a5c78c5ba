using System.Collections.Immutable;
using Leat.Conformance;
using Leat.Core;
using Leat.Sql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Quality.Tests;

public sealed class CheckRunnerTests : IAsyncLifetime, IDisposable
{
    private const string Orders = """
        CREATE TABLE orders AS SELECT * FROM (VALUES
          (1, 10.5, TIMESTAMP '2025-12-31 22:00:00'), (2, -1.0, TIMESTAMP '2025-12-31 12:00:00'), (3, NULL, TIMESTAMP '2025-12-30 00:00:00')) AS t(id, amount, ordered_at)
        """;

    private const string Checks = """
        checks:
          - {name: enough, dataset: orders, min: 3, max: 5}
          - {name: fresh, dataset: orders, kind: freshness, column: ordered_at, max_age: 2h}
          - {name: positive, dataset: orders, expression: amount >= 0}
          - {name: positive_warn, dataset: orders, expression: amount >= 0, severity: warn}
          - {name: positive_tolerant, dataset: orders, expression: amount >= 0, tolerance: 1}
          - name: no_pairs
            sql: |
              SELECT id FROM orders
              GROUP BY id HAVING count(*) > 1;
          - {name: gone, dataset: no_such_table}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly DuckEngine _engine = new(Orders);
    private readonly ManualTimeProvider _clock = new();
    private ServiceProvider? _services;

    [Fact]
    public async Task Given_checks_of_each_kind_When_run_Then_each_comes_to_what_the_rows_say()
    {
        var report = await Runner(Checks).RunAsync([], default);

        Assert.Equal(
            [
                "enough Passed 3", "fresh Passed 7200", "positive Failed 1", "positive_warn Warned 1", "positive_tolerant Passed 1", "no_pairs Passed 0", "gone Broken ",
            ],
            report.Results.Select(r => FormattableString.Invariant($"{r.Check} {r.Status} {r.Actual}")));
        Assert.False(report.IsGood);
        Assert.Contains("no_such_table", report.Results[6].Message, StringComparison.Ordinal);
        Assert.Contains("checks/orders.yml:11:5", report.Results[6].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_older_newest_row_When_checked_Then_it_is_not_fresh()
    {
        var runner = Runner(Checks);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var result = Assert.Single((await runner.RunAsync(["fresh"], default)).Results);

        Assert.Equal((CheckStatus.Failed, "newest is 02:00:01 old; allowed 02:00:00"), (result.Status, result.Message));
    }

    [Fact]
    public async Task Given_several_runs_When_history_is_asked_Then_newest_first_as_they_were()
    {
        var runner = Runner(Checks);
        var first = await runner.RunAsync(["enough"], default);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var second = await runner.RunAsync(["orders"], default);

        var history = await runner.HistoryAsync("enough", 10, default);

        Assert.Equal([second.Results[0], first.Results[0]], history);
        Assert.Equal(5, second.Results.Length);
    }

    [Fact]
    public async Task Given_a_failed_check_When_a_flow_runs_the_kind_Then_the_task_fails_and_says_why()
    {
        Runner(Checks);
        var kind = _services!.GetServices<ITaskKind>().Single(k => k.Name == "check");
        var log = new List<string>();
        var context = new TaskContext("f", "r", "t", 1, "r/t/1", default, default, ImmutableDictionary<string, string>.Empty.Add("select", "positive, enough"), log.Add);

        var outcome = Assert.IsType<TaskOutcome.Failed>(await kind.RunAsync(context, default));
        var good = await kind.RunAsync(context with { Settings = context.Settings.SetItem("select", "enough, positive_warn") }, default);

        Assert.Equal(("LEAT1314: positive: 1 failing rows", Retry.Never), (outcome.Reason, outcome.Retry));
        Assert.IsType<TaskOutcome.Succeeded>(good);
        Assert.Contains("Warned positive_warn: 1 failing rows", log);
    }

    [Theory]
    [InlineData("checks: [{name: a, dataset: orders, kind: freshness, column: x}]", "LEAT1312", "max_age")]
    [InlineData("checks: [{name: a, dataset: 'orders; DROP TABLE orders'}]", "LEAT1312", "must be a name")]
    [InlineData("checks: [{name: a, dataset: orders, mni: 3}]", "LEAT1003", "'mni'")]
    [InlineData("checks: [{name: a, dataset: orders, kind: row_cuont}]", "LEAT1004", "row_count")]
    [InlineData("checks: [{name: a, dataset: o}, {name: a, dataset: p}]", "LEAT1312", "twice")]
    [InlineData("checks: [{dataset: o}]", "LEAT1004", "'name' is missing")]
    public void Given_a_check_that_cannot_be_When_listed_Then_code_and_place(string yaml, string code, string what)
    {
        var error = Assert.Throws<LeatException>(() => Runner(yaml).List());

        Assert.Equal(code, error.Code);
        Assert.Contains(what, error.What, StringComparison.Ordinal);
        Assert.StartsWith("checks/orders.yml:1:", error.Where, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_unknown_name_When_run_Then_LEAT1313_offers_the_nearest()
    {
        var error = await Assert.ThrowsAsync<LeatException>(() => Runner(Checks).RunAsync(["enogh"], default));

        Assert.Equal(("LEAT1313", "write 'enough'"), (error.Code, error.Todo));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    private CheckRunner Runner(string yaml)
    {
        _folder.Write("checks/orders.yml", yaml);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_clock).AddSingleton<ISqlEngine>(_engine);
        services.AddLeatCore(new LeatProject(_folder.Path, "x", "dev", Path.Combine(_folder.Path, ".leat")), new ConfigurationBuilder().Build());
        _services = services.AddLeatQuality().BuildServiceProvider();
        return _services.GetRequiredService<CheckRunner>();
    }
}
