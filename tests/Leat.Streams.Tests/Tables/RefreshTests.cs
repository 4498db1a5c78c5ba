using System.Data.Common;
using System.Globalization;
using Leat.Core;
using Leat.Streams.Testing;
using Microsoft.Data.Sqlite;

namespace Leat.Streams.Tests.Tables;

/// <summary>Lookup tables that change while a job runs.</summary>
public sealed class RefreshTests
{
    private static readonly TableOptions EverySecond = new() { RefreshEvery = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Given_a_file_that_changes_When_refreshed_Then_later_rows_see_it_and_an_unchanged_file_is_not_read_again()
    {
        var folder = Directory.CreateTempSubdirectory("leat-tables-").FullName;
        var file = Path.Combine(folder, "names.csv");
        await File.WriteAllTextAsync(file, "campaign,name\na,first\n");
        await using var bench = new StreamTestBench(() => new Named(job => job.Table<Name, Text>("names", n => n.Campaign, EverySecond)), new StreamTestSettings { ProjectFolder = folder });
        await bench.PlayAsync([Clicks.At(1, "a"), new StreamStep.Process(), new StreamStep.Pass(TimeSpan.FromSeconds(2))]);
        await Until.Holds(() => TableOf(bench).CheckedAt > TableOf(bench).LoadedAt, "a look at the file");
        await File.WriteAllTextAsync(file, "campaign,name\na,the second one\nb,other\n");
        await RefreshAsync(bench);
        var result = await bench.RunAsync([Clicks.At(2, "a"), Clicks.At(3, "b"), Clicks.At(4, "c")]);
        Assert.Equal<string>(["a|first", "a|the second one", "b|other"], [.. result.Tables["named"]]);
        Assert.Equal((2L, 2, 0L), (TableOf(bench).Loads, TableOf(bench).Rows, TableOf(bench).Failures));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Given_a_lake_table_When_it_gets_a_version_Then_the_refresh_has_it_and_says_which()
    {
        await using var bench = new StreamTestBench(() => new Named(job => job.Table<Name, Text>("names", n => n.Campaign, EverySecond)));
        using var builder = new BatchBuilder(Schema.Of(("campaign", DataType.Text), ("name", DataType.Text)));
        var table = await bench.Lake.CreateAsync("names", builder.Schema, [], default);
        builder.AppendRow("a", "first");
        await table.AppendAsync(One(builder.Build()), null, default);
        await bench.PlayAsync([Clicks.At(1, "a"), new StreamStep.Process()]);
        builder.AppendRow("b", "second");
        await table.AppendAsync(One(builder.Build()), null, default);
        await RefreshAsync(bench);
        var result = await bench.RunAsync([Clicks.At(2, "b")]);
        Assert.Equal<string>(["a|first", "b|second"], [.. result.Tables["named"]]);
        Assert.Equal("version 2", TableOf(bench).Stamp);
    }

    [Fact]
    public async Task Given_a_database_When_rows_change_Then_the_refresh_has_them_and_a_failure_keeps_the_old_ones()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("leat-tables-").FullName, "names.db");
        DbConnection Connect() => new SqliteConnection($"Data Source={path};Pooling=False");
        await ExecuteAsync(Connect(), "CREATE TABLE names (campaign TEXT, name TEXT); INSERT INTO names VALUES ('a', 'first')");
        await using var bench = new StreamTestBench(() => new Named(job => job.TableFromDatabase<Name, Text>("names", Connect, "SELECT name, campaign FROM names", n => n.Campaign, EverySecond)));
        await bench.PlayAsync([Clicks.At(1, "a"), new StreamStep.Process()]);
        await ExecuteAsync(Connect(), "UPDATE names SET name = 'second'");
        await RefreshAsync(bench);
        await ExecuteAsync(Connect(), "ALTER TABLE names RENAME TO gone");
        await bench.PlayAsync([Clicks.At(2, "a"), new StreamStep.Process(), new StreamStep.Pass(TimeSpan.FromSeconds(2))]);
        await Until.Holds(() => TableOf(bench).Failures > 0, "a refresh that fails");
        var result = await bench.RunAsync([Clicks.At(3, "a")]);
        Assert.Equal<string>(["a|first", "a|second", "a|second"], [.. result.Tables["named"]]);
        Assert.StartsWith("LEAT2159: reference table 'names' could not be read from its database: SqliteException: ", TableOf(bench).Error, StringComparison.Ordinal);
        Assert.StartsWith("table names is as of 2026-01-01", bench.Description.Diagnosis, StringComparison.Ordinal);
        Assert.Equal("running", bench.Status.State);
    }

    [Fact]
    public async Task Given_refreshes_that_fail_for_long_When_the_table_is_too_old_Then_the_job_fails_and_names_the_cause()
    {
        var isDown = false;
        async IAsyncEnumerable<Name> Load()
        {
            await Task.Yield();
            if (isDown) throw new IOException("no answer");
            yield return new Name(Text.Literal("a"), Text.Literal("first"));
        }

        await using var bench = new StreamTestBench(() => new Named(job => job.TableFrom<Name, Text>("names", _ => Load(), n => n.Campaign, EverySecond with { FailAfter = TimeSpan.FromSeconds(10) })));
        await bench.PlayAsync([Clicks.At(1, "a"), new StreamStep.Process()]);
        isDown = true;
        await bench.PlayAsync([new StreamStep.Pass(TimeSpan.FromSeconds(9))]);
        await Until.Holds(() => TableOf(bench).Failures > 0, "a refresh that fails");
        Assert.Equal("running", bench.Status.State);
        await bench.PlayAsync([new StreamStep.Pass(TimeSpan.FromSeconds(2))]);
        await Until.Holds(() => bench.Status.State == "failed", "the end of the job");
        Assert.Contains("LEAT2157: reference table 'names' is 11 s old, more than the 10 s it may be; the last refresh failed: LEAT2159: reference table 'names' could not be read from its loader: IOException: no answer", bench.Status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_table_larger_than_allowed_When_loaded_Then_the_job_says_so()
    {
        var rows = Enumerable.Range(0, 40_000).Select(i => new Name(Text.Literal($"campaign with a long name {i}"), Text.Literal("n"))).ToList();
        await using var bench = new StreamTestBench(() => new Named(job => job.TableFrom<Name, Text>("names", _ => rows.ToAsyncEnumerable(), n => n.Campaign, new TableOptions { MaxMegabytes = 1 })));
        Assert.Contains("LEAT2158: reference table 'names' takes more than 1 MB at", (await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([Clicks.At(1, "a"), new StreamStep.Process()]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Given_a_table_that_changes_all_the_time_When_rows_are_looked_up_Then_each_sees_one_whole_version_and_no_text_is_lost() => Seeds.ForAll(2, 40, async seed =>
    {
        const int Keys = 50;
        var version = 0;
        async IAsyncEnumerable<Name> Load()
        {
            var now = Interlocked.Increment(ref version);
            await Task.Yield();
            for (var key = 0; key < Keys; key++) yield return new Name(Text.Literal($"campaign number {key} of many"), Text.Literal($"name of campaign {key} in version {now % 7}"));
        }

        await using var bench = new StreamTestBench(() => new Named(job => job.TableFrom<Name, Text>("names", _ => Load(), n => n.Campaign, EverySecond)), new StreamTestSettings { Partitions = 2, Workers = 2 });
        await bench.PlayAsync([Clicks.At(0, "none")]);
        for (var i = 0; i < 20; i++)
        {
            var seen = Volatile.Read(ref version);
            await bench.PlayAsync([.. Enumerable.Range(0, 400).Select(k => Clicks.At(i, $"campaign number {(k + seed) % Keys} of many", partition: k % 2)), new StreamStep.Pass(TimeSpan.FromSeconds(2))]);
            await Until.Holds(() => Volatile.Read(ref version) > seen, "a refresh");
        }

        var result = await bench.RunAsync([]);
        Assert.Equal(8000, result.Tables["named"].Length);
        Assert.All(result.Tables["named"], row =>
        {
            var key = row.Split(' ')[2];
            Assert.Matches(string.Create(CultureInfo.InvariantCulture, $"^campaign number {key} of many.name of campaign {key} in version [0-6]$"), row);
        });
    });

    private static TableFigures TableOf(StreamTestBench bench) => Assert.Single(bench.Description.Tables);

    private static async Task RefreshAsync(StreamTestBench bench)
    {
        var loads = TableOf(bench).Loads;
        await bench.PlayAsync([new StreamStep.Pass(TimeSpan.FromSeconds(2))]);
        await Until.Holds(() => TableOf(bench).Loads > loads, "a refresh");
    }

    private static async IAsyncEnumerable<Batch> One(Batch batch)
    {
        yield return batch;
        await Task.CompletedTask;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    private sealed class Named(Func<JobBuilder, ReferenceTable<Text, Name>> table) : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var names = table(job);
            job.From<ClickEvent>("clicks", e => e.At, TimeSpan.FromSeconds(5)).Lookup(names, e => e.Campaign, (e, n) => new Name(e.Campaign, n.Label)).ToLake("named");
        }
    }

    internal readonly record struct Name(Text Campaign, [property: System.Text.Json.Serialization.JsonPropertyName("name")] Text Label);
}
