using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.Sinks;

/// <summary>Tables that are made, tables that are there, and connection strings that are no good.</summary>
public sealed class PostgresTableTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [PostgresFact]
    public async Task Given_a_row_of_every_type_When_written_Then_the_table_is_made_with_typed_columns_and_holds_it()
    {
        await using var database = await server.CreateAsync();
        var time = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc).AddTicks(90);
        WideEvent[] rows =
        [
            new(Text.Literal("a \"quoted\" é\0"), null, true, -3, long.MinValue, 0.1, 1.250m, time, time, new DateOnly(2026, 2, 28), Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), Colour.DarkBlue) { Extra = ulong.MaxValue },
        ];
        await using var bench = new StreamTestBench(() => new Wide(new MemorySource<WideEvent>("wide", rows), database.Secret));
        var result = await bench.RunAsync([]);
        Assert.Equal(("running", null), (result.Status.State, result.Status.Error));
        var types = await database.ReadAsync("SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = 'wide'::regclass AND a.attnum > 0");
        Assert.Contains(types, t => t.EndsWith("timestamp with time zone", StringComparison.Ordinal));
        Assert.Contains(types, t => t.EndsWith("uuid", StringComparison.Ordinal));
        var row = Assert.Single(await database.ReadAsync("SELECT * FROM wide"));
        foreach (var value in (string[])["a \"quoted\" é", "-3", "-9223372036854775808", "0.1", "1.25", "2026-01-02T03:04:05.678009Z", "0f8fad5b-d9cb-469f-a165-70867728950e", "18446744073709551615"])
            Assert.Contains(value, row, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Given_a_table_with_wider_types_and_more_columns_When_rows_come_Then_it_takes_them()
    {
        await using var database = await server.CreateAsync();
        await database.RunAsync("CREATE SCHEMA shop; CREATE TABLE shop.prices (id bigserial PRIMARY KEY, value numeric(30,2), campaign varchar(50) NOT NULL, note text, leat_version bigint NOT NULL DEFAULT 0, UNIQUE (campaign))");
        await database.RunAsync("INSERT INTO shop.prices (campaign, value, note) VALUES ('a', 0, 'kept'), ('z', 1, 'other')");
        await RunAsync(database, "shop.prices");
        Assert.Equal(["a|2.00|kept", "b|3.00|", "z|1.00|other"], await database.ReadAsync("SELECT campaign, value, note FROM shop.prices"));
    }

    [PostgresFact]
    public async Task Given_tables_that_do_not_fit_When_the_job_starts_Then_LEAT2146_says_what_to_do()
    {
        const string version = "leat_version bigint NOT NULL DEFAULT 0";
        (string Table, string[] Says)[] cases =
        [
            ($"(campaign text PRIMARY KEY, {version})", ["no column 'value'", "ADD COLUMN \"value\" bigint"]),
            ($"(campaign text PRIMARY KEY, value text, {version})", ["column 'value' is text, the job writes bigint"]),
            ("(campaign text PRIMARY KEY, value bigint)", ["no column leat_version bigint", "ADD COLUMN leat_version"]),
            ($"(campaign text NOT NULL, value bigint, {version})", ["no unique index over (campaign)", "ADD PRIMARY KEY (\"campaign\")"]),
            ($"(campaign text NOT NULL, value bigint, {version}, UNIQUE (campaign, value))", ["no unique index over (campaign)"]),
            ($"(campaign text PRIMARY KEY, value bigint, shop text NOT NULL, {version})", ["column 'shop' must have a value"]),
        ];
        foreach (var (table, says) in cases)
        {
            await using var database = await server.CreateAsync();
            await database.RunAsync($"CREATE TABLE prices {table}");
            var error = await Assert.ThrowsAsync<LeatException>(() => RunAsync(database, "prices"));
            Assert.Contains("LEAT2146", error.Message, StringComparison.Ordinal);
            foreach (var text in says) Assert.Contains(text, error.Message, StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task Given_rows_that_the_table_refuses_When_committed_Then_LEAT2149_says_why_without_the_row_and_a_later_start_delivers_them()
    {
        await using var database = await server.CreateAsync();
        await database.RunAsync("CREATE TABLE prices (campaign text PRIMARY KEY, value bigint CHECK (value < 3), leat_version bigint)");
        await using var bench = new StreamTestBench(() => new Prices("prices", database.Secret));
        var error = await Assert.ThrowsAsync<LeatException>(() => bench.RunAsync([Clicks.At(1, "a", "2"), Clicks.At(2, "confidential", "3")]));
        Assert.Contains("LEAT2149: it refused the rows: new row for relation \"prices\" violates check constraint", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("confidential", error.ToString(), StringComparison.Ordinal);
        await database.RunAsync("ALTER TABLE prices DROP CONSTRAINT prices_value_check");
        await bench.RunAsync([new StreamStep.Kill()]);
        Assert.Equal(["a|2", "confidential|3"], await database.ReadAsync("SELECT campaign, value FROM prices"));
    }

    [PostgresFact]
    public async Task Given_connection_strings_that_are_no_good_When_the_job_starts_Then_the_error_says_so_and_never_what_stands_in_them()
    {
        var file = Path.GetTempFileName();
        (string Text, string Code)[] cases =
        [
            ("postgres://leat:wholly-secret@db/shop", "LEAT2145"),
            ("Host=127.0.0.1;Pasword=wholly-secret", "LEAT2145"),
            ("Username=leat;Password=wholly-secret", "LEAT2145"),
            ($"Host=127.0.0.1;Port={PostgresServer.FreePort()};Username=leat;Password=wholly-secret;Database=x", "LEAT2147"),
        ];
        foreach (var (text, code) in cases)
        {
            await File.WriteAllTextAsync(file, text);
            var error = await Assert.ThrowsAsync<LeatException>(async () => await new PostgresSink("t", $"file:{file}").OpenAsync(
                new SinkTarget("job", "life", SinkMode.Append, Schema.Of(("a", DataType.Int64)), []) { Secrets = new EnvironmentSecrets("/") }, default));
            Assert.Equal(code, error.Code);
            Assert.DoesNotContain("wholly-secret", error.ToString(), StringComparison.Ordinal);
        }

        var plain = await Assert.ThrowsAsync<LeatException>(async () => await new PostgresSink("t", "Host=db;Password=wholly-secret").OpenAsync(
            new SinkTarget("job", "life", SinkMode.Append, Schema.Of(("a", DataType.Int64)), []) { Secrets = new EnvironmentSecrets("/") }, default));
        Assert.Equal("LEAT1021", plain.Code);
        Assert.DoesNotContain("wholly-secret", plain.ToString(), StringComparison.Ordinal);
        File.Delete(file);
    }

    private static async Task RunAsync(PostgresDatabase database, string table)
    {
        await using var bench = new StreamTestBench(() => new Prices(table, database.Secret));
        await bench.RunAsync([Clicks.At(1, "a", "1"), Clicks.At(2, "a", "2"), Clicks.At(3, "b", "3")]);
    }

    private sealed class Prices(string table, string secret) : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .Select(e => new Price(e.Campaign, (long)e.Cost))
            .ToPostgres(new PostgresSink(table, secret), p => p.Campaign);
    }

    private sealed class Wide(MemorySource<WideEvent> source, string secret) : StreamJob
    {
        protected override void Define(JobBuilder job) => job.From(source, _ => Clicks.Zero, maxDisorder: TimeSpan.Zero).ToPostgres("wide", secret);
    }

    private readonly record struct Price(Text Campaign, long Value);
}
