using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.Sinks;

/// <summary>Tables of a real PostgreSQL: exact in every mode whenever the job, a connection or the server dies.</summary>
public sealed class PostgresSinkTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [PostgresFact]
    public Task Given_windows_and_kills_When_results_go_to_tables_of_all_modes_Then_each_holds_the_models_rows() => Seeds.ForAll(3, 60, async seed =>
    {
        var random = new Random(seed);
        var model = new HoppingModel(10, seed % 2 == 0 ? 10 : 5, random.Next(3) * 4);
        await using var database = await server.CreateAsync();
        var steps = Steps(random, (second, campaign, cost, user) => model.Add(second, campaign, cost, user));
        await using var bench = new StreamTestBench(
            () => new Windowed(database.Secret, k => k.Hopping(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(seed % 2 == 0 ? 10 : 5), TimeSpan.FromSeconds(model.Lateness))), new StreamTestSettings { Workers = random.Next(1, 3) });
        var result = await bench.RunAsync(steps);
        Assert.Equal(("running", null), (result.Status.State, result.Status.Error));
        await CheckAsync(database, model.Rows(onlyFinal: false), model.Rows(onlyFinal: true));
    });

    [PostgresFact]
    public Task Given_sessions_that_merge_and_kills_When_kept_by_key_Then_what_is_no_more_has_left_the_table() => Seeds.ForAll(3, 60, async seed =>
    {
        var random = new Random(seed);
        var model = new SessionModel(4, random.Next(2) * 3);
        await using var database = await server.CreateAsync();
        var steps = Steps(random, (second, campaign, cost, user) => model.Add(second, campaign, cost, user));
        await using var bench = new StreamTestBench(() => new Windowed(database.Secret, k => k.Session(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(model.Lateness))), new StreamTestSettings { Workers = random.Next(1, 3) });
        await bench.RunAsync(steps);
        await CheckAsync(database, model.Rows(onlyFinal: false), model.Rows(onlyFinal: true));
    });

    [PostgresFact]
    public async Task Given_a_job_killed_at_every_step_When_it_goes_on_Then_appended_rows_are_there_once_and_deleted_keys_are_not()
    {
        StreamStep[] script = [Clicks.At(1, "a", "1"), Clicks.At(2, "b", "2"), new StreamStep.Process(), Clicks.At(3, "a", "0"), Clicks.At(4, "c", "4"), Clicks.At(5, "b", "5"), Clicks.At(6, "a", "6"), Clicks.At(7, "c", "0")];
        foreach (var step in Enum.GetValues<CheckpointStep>())
        {
            await using var database = await server.CreateAsync();
            await using var bench = new StreamTestBench(() => new Prices(database.Secret));
            await bench.RunAsync(script.SelectMany(s => (StreamStep[])[s, new StreamStep.KillAt(step)]));
            Assert.Equal(["a|6", "b|5"], await database.ReadAsync("SELECT campaign, value FROM prices"));
            Assert.Equal(["a|0", "a|1", "a|6", "b|2", "b|5", "c|0", "c|4"], await database.ReadAsync("SELECT campaign, value FROM log"));
        }
    }

    [PostgresFact]
    public async Task Given_a_server_that_stops_and_starts_again_and_again_When_the_job_runs_on_Then_it_waits_says_so_and_every_row_is_there_once()
    {
        await using var database = await server.CreateAsync();
        await using var bench = new StreamTestBench(() => new Prices(database.Secret), new StreamTestSettings { Configure = o => o.CheckpointInterval = TimeSpan.FromMilliseconds(50) });
        await bench.PlayAsync([Clicks.At(0, "a", "1"), new StreamStep.Checkpoint()]);
        for (var round = 1; round <= 2; round++)
        {
            await server.StopAsync();
            await bench.PlayAsync(Enumerable.Range(0, 50).Select(i => Clicks.At(round + (i * 0.01), $"k{i % 7}", $"{(round * 100) + i}")));
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await UntilAsync(() => bench.Status.Error is not null);
            Assert.StartsWith("waits for PostgreSQL table ", bench.Status.Error, StringComparison.Ordinal);
            Assert.Contains("LEAT2147", bench.Status.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", bench.Status.Error, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("running", bench.Status.State);
            await server.StartAsync();
            await bench.PlayAsync([new StreamStep.Checkpoint()]);
            Assert.Null(bench.Status.Error);
            Assert.Equal([$"{(round * 50) + 1}"], await database.ReadAsync("SELECT count(*) FROM log"));
        }

        Assert.Equal(["101"], await database.ReadAsync("SELECT count(DISTINCT value) FROM log"));
        Assert.Equal(["a|1", "k0|249", "k1|243", "k2|244", "k3|245", "k4|246", "k5|247", "k6|248"], await database.ReadAsync("SELECT campaign, value FROM prices"));
    }

    [PostgresFact]
    public async Task Given_connections_that_are_cut_all_the_time_When_the_job_commits_Then_every_row_is_there_once()
    {
        await using var database = await server.CreateAsync();
        await using var bench = new StreamTestBench(() => new Prices(database.Secret));
        await bench.PlayAsync([Clicks.At(0, "a", "1"), new StreamStep.Checkpoint()]);
        using var stop = new CancellationTokenSource();
        var cutting = Task.Run(async () =>
        {
            for (var random = new Random(7); !stop.IsCancellationRequested; await Task.Delay(random.Next(5, 80))) await database.RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'leat streams'");
        });
        for (var i = 1; i <= 60; i++) await bench.PlayAsync(i % 4 == 0 ? [Clicks.At(i, $"k{i % 5}", $"{i + 1}"), i == 32 ? new StreamStep.Kill() : new StreamStep.Checkpoint()] : [Clicks.At(i, $"k{i % 5}", $"{i + 1}")]);
        await bench.RunAsync([]);
        await stop.CancelAsync();
        await cutting;
        Assert.Equal(["61|61|61"], await database.ReadAsync("SELECT count(*), count(DISTINCT value), max(value) FROM log"));
        Assert.Equal(["6"], await database.ReadAsync("SELECT count(*) FROM prices"));
    }

    [PostgresFact]
    public async Task Given_epochs_that_come_again_and_lives_that_end_When_committed_Then_older_ones_change_nothing()
    {
        await using var database = await server.CreateAsync();
        var first = await OpenAsync(database, "life 1");
        await first.CommitAsync(Epoch(5, ("a", 5, false), ("a", 6, false), ("b", 1, false)), default);
        foreach (var old in (long[])[5, 4, 1]) await first.CommitAsync(Epoch(old, ("a", -1, false), ("b", -1, true), ("c", -1, false)), default);
        Assert.Equal(["a|6", "b|1"], await database.ReadAsync("SELECT campaign, value FROM prices"));
        Assert.Equal(5, await first.LastEpochAsync(default));

        await using var second = await OpenAsync(database, "life 2");
        Assert.Equal(0, await second.LastEpochAsync(default));
        await second.CommitAsync(Epoch(1, ("a", 100, false), ("b", 0, true)), default);
        Assert.Equal(["a|100"], await database.ReadAsync("SELECT campaign, value FROM prices"));
        var error = await Assert.ThrowsAsync<LeatException>(async () => await first.CommitAsync(Epoch(6, ("a", -1, false)), default));
        Assert.Equal(("LEAT2148", Retry.Never), (error.Code, error.Retry));
        await Assert.ThrowsAsync<LeatException>(async () => await OpenAsync(database, "life 1"));
        Assert.Equal(["a|100"], await database.ReadAsync("SELECT campaign, value FROM prices"));
        await first.DisposeAsync();
    }

    [PostgresFact]
    public async Task Given_a_row_of_a_newer_version_When_an_older_comes_Then_the_newer_stays_also_from_deletion()
    {
        await using var database = await server.CreateAsync();
        await using var session = await OpenAsync(database, "life");
        await session.CommitAsync(Epoch(1, ("a", 1, false), ("b", 1, false)), default);
        await database.RunAsync($"UPDATE prices SET value = 99, leat_version = {long.MaxValue}");
        await session.CommitAsync(Epoch(2, ("a", 2, false), ("b", 0, true), ("c", 2, false)), default);
        Assert.Equal(["a|99", "b|99", "c|2"], await database.ReadAsync("SELECT campaign, value FROM prices"));
    }

    [PostgresFact]
    public async Task Given_a_reset_job_When_it_begins_anew_Then_rows_by_key_are_replaced_and_appended_ones_stand_beside()
    {
        await using var database = await server.CreateAsync();
        await using var bench = new ControlBench();
        await bench.BeginAsync(job => Define(job, database.Secret));
        await bench.SendAsync(Clicks.At(1, "a", "1"), Clicks.At(2, "b", "2"));
        await bench.DrainAsync();
        var reset = await bench.Control.ResetAsync(ControlBench.Job, default);
        Assert.Equal(["PostgreSQL table prices", "PostgreSQL table log"], reset.Sinks);
        await bench.DrainAsync();
        Assert.Equal(["a|1", "b|2"], await database.ReadAsync("SELECT campaign, value FROM prices"));
        Assert.Equal(["4"], await database.ReadAsync("SELECT count(*) FROM log"));
    }

    private static SinkEpoch Epoch(long number, params (string Campaign, long Value, bool IsGone)[] rows) => new(number, () => BatchesOf(rows));

    private static async IAsyncEnumerable<Batch> BatchesOf((string Campaign, long Value, bool IsGone)[] rows)
    {
        await Task.Yield();
        using var builder = new BatchBuilder(new Schema(new Field("campaign", DataType.Text), new Field("value", DataType.Int64), new Field(SinkTarget.Gone, DataType.Boolean, false)));
        foreach (var (campaign, value, isGone) in rows) builder.AppendRow(campaign, value, isGone);
        yield return builder.Build();
    }

    private static async Task<ISinkSession> OpenAsync(PostgresDatabase database, string life) => await new PostgresSink("prices", database.Secret).OpenAsync(
        new SinkTarget("job", life, SinkMode.Upsert, new Schema(new Field("campaign", DataType.Text, false), new Field("value", DataType.Int64, false)), ["campaign"]) { Secrets = new EnvironmentSecrets("/") }, default);

    private static async Task CheckAsync(PostgresDatabase database, List<string> all, List<string> final)
    {
        Assert.Equal(all, await database.ReadAsync("SELECT campaign, window_start, window_end, clicks, cost, users FROM newest"));
        Assert.Equal(final, await database.ReadAsync("SELECT campaign, window_start, window_end, clicks, cost, users FROM final"));
        Assert.Equal(all, await database.ReadAsync("SELECT campaign, window_start, window_end, clicks, cost, users FROM whole"));
    }

    private static List<StreamStep> Steps(Random random, Action<double, string, long, string> add)
    {
        var steps = new List<StreamStep>();
        for (var i = 0; i < 120; i++)
        {
            var second = Math.Round((i * 0.4) + (random.NextDouble() * 4.9), 3);
            var (campaign, cost, user) = ($"campaign with a long name {random.Next(4)}", random.Next(100), $"user {random.Next(5)}");
            steps.Add(Clicks.At(second, campaign, cost.ToString(CultureInfo.InvariantCulture), user));
            add(second, campaign, cost, user);
            if (random.Next(12) == 0) steps.Add(SinkTests.Interruption(random));
        }

        return steps;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; !holds(); i++)
        {
            Assert.True(i < 30_000, "what was waited for did not come");
            await Task.Delay(1);
        }
    }

    private static void Define(JobBuilder job, string secret)
    {
        var prices = job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).Select(e => new Price(e.Campaign, (long)e.Cost));
        prices.ToPostgres(new PostgresSink("prices", secret), p => p.Campaign, p => p.Value == 0);
        prices.ToPostgres("log", secret);
    }

    private sealed class Prices(string secret) : StreamJob
    {
        protected override void Define(JobBuilder job) => PostgresSinkTests.Define(job, secret);
    }

    private sealed class Windowed(string secret, Func<KeyedStream<Text, ClickEvent>, WindowedStream<Text, ClickEvent>> window) : StreamJob
    {
        protected override void Define(JobBuilder job) => window(job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign))
            .Aggregate(a => a.Count("clicks").Sum("cost", e => (long)e.Cost).Distinct("users", e => e.User))
            .ToPostgres("newest", secret)
            .ToPostgres("final", secret, SinkMode.Append)
            .ToPostgres("whole", secret, SinkMode.Complete, keep: TimeSpan.FromHours(1));
    }

    private readonly record struct Price(Text Campaign, long Value);
}
