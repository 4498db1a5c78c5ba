using System.Globalization;
using System.Text;
using Leat.Core;
using Leat.Log;

namespace Leat.Ingest.Tests.Landing;

public sealed class SourceLandingTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly LandingFixture _world = new();

    public Task InitializeAsync() => _world.CreateTopicsAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Given_records_When_landed_Then_fields_are_text_as_they_came_with_their_place()
    {
        await _world.SendAsync(0, """{"a":"x","b":1.50}""", """{"b":null,"a":"\u00e4"}""");
        await _world.SendAsync(1, """{"a":""}""");

        Assert.Equal(new LandingResult(3, 0), await _world.Landing().LandAsync(default));

        Assert.Equal(
            [
                "x|1.50|clicks|0|0|2023-11-14T22:13:20.1230000", "|" + "|clicks|1|0|2023-11-14T22:13:20.1230000", "ä||clicks|0|1|2023-11-14T22:13:20.1230000",
            ],
            (await _world.ReadAsync("raw.clicks")).OrderBy(r => r[0] == 'x' ? 0 : r[0] == '|' ? 1 : 2));
        Assert.Empty(await _world.ReadAsync("raw.clicks_quarantine"));
    }

    [Fact]
    public async Task Given_landings_with_reopening_between_When_more_arrives_Then_each_record_is_there_once()
    {
        for (var round = 0; round < 4; round++)
        {
            await _world.SendManyAsync(round % 2, round * 100, 100);
            using (var landing = _world.Landing())
            {
                Assert.Equal(100, (await landing.LandAsync(default)).Rows);
                Assert.Equal(0, (await landing.LandAsync(default)).Rows);
            }
            await _world.ReopenAsync();
        }

        Assert.Equal(Enumerable.Range(0, 400), await _world.NumbersAsync());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Given_a_kill_around_a_commit_When_landed_again_Then_each_record_is_there_once(int commitsThatLive, bool afterCommit)
    {
        var source = LandingFixture.Source(maxBytes: 1 << 10);
        for (var i = 0; i < 20; i++) await _world.SendManyAsync(i % 2, i * 50, 50);
        using (var dying = _world.Landing(new DyingLake(_world.Lake, commitsThatLive, afterCommit), source))
            await Assert.ThrowsAsync<DyingLake.KilledException>(() => dying.LandAsync(default));
        await _world.ReopenAsync();

        using var landing = _world.Landing(source: source);
        await landing.LandAsync(default);

        Assert.Equal(Enumerable.Range(0, 1000), await _world.NumbersAsync());
    }

    [Fact]
    public async Task Given_records_that_are_no_objects_and_a_kill_When_landed_again_Then_each_is_quarantined_once()
    {
        await _world.SendAsync(0, """{"a":"1"}""", "not json", """{"a":"2"}""", "[]");
        using (var dying = _world.Landing(new DyingLake(_world.Lake, 0, afterCommit: false)))
            await Assert.ThrowsAsync<DyingLake.KilledException>(() => dying.LandAsync(default));
        await _world.ReopenAsync();

        using var landing = _world.Landing();
        Assert.Equal(new LandingResult(4, 2), await landing.LandAsync(default));

        Assert.Equal([1, 2], await _world.NumbersAsync());
        var quarantined = await _world.ReadAsync("raw.clicks_quarantine");
        Assert.Equal(2, quarantined.Count);
        Assert.StartsWith("[]|LEAT3212|it is not an object|clicks[0]@3|0|1|", quarantined[0], StringComparison.Ordinal);
        Assert.StartsWith("not json|LEAT3212|", quarantined[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_record_that_is_no_object_When_set_aside_Then_key_headers_and_null_are_kept()
    {
        var builder = new RecordBatchBuilder();
        builder.Add(7, "key"u8, "[]"u8, new RecordHeaders().Add("own"u8, [0xFF]));
        builder.AddTombstone(8, "gone"u8, new RecordHeaders());
        await _world.Log.AppendAsync(new TopicPartition("clicks", 1), builder, "from a producer", default);
        using var landing = _world.Landing();
        await landing.LandAsync(default);
        await using var reader = _world.Log.OpenReader(new TopicPartition("clicks.dlq", 0), 0);
        var letters = new List<string>();
        while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
        {
            using (block)
                foreach (ref readonly var r in block) letters.Add($"{r.TimestampMs} {Encoding.UTF8.GetString(r.Key)} {(r.IsTombstone ? "null" : Encoding.UTF8.GetString(r.Value))} {Convert.ToHexString(new RecordHeaders().AddOwn(r.EncodedHeaders).Encoded)} {DeadLetterReason.Of(r)!.Value.Source}");
        }
        Assert.Equal([$"7 key [] {Convert.ToHexString(new RecordHeaders().Add("own"u8, [0xFF]).Encoded)} clicks[1]@0", "8 gone null  clicks[1]@1"], letters);
    }

    [Fact]
    public async Task Given_dead_letters_of_the_collector_When_landed_Then_reason_and_source_are_columns()
    {
        var builder = new RecordBatchBuilder();
        builder.Add(0, [], "{\"a\":1}"u8, [new(WellKnownHeaders.DeadLetterCode, "LEAT1302"), new(WellKnownHeaders.DeadLetterReason, "missing"), new(WellKnownHeaders.DeadLetterSource, "client:3")]);
        await _world.Log.AppendAsync(new TopicPartition("clicks.dlq", 0), builder, null, default);

        await _world.Landing().LandAsync(default);

        Assert.Equal(["{\"a\":1}|LEAT1302|missing|client:3|0|0|1970-01-01T00:00:00.0000000"], await _world.ReadAsync("raw.clicks_quarantine"));
    }

    [Fact]
    public async Task Given_watermark_records_When_landed_Then_they_are_no_rows_and_make_no_version()
    {
        var builder = new RecordBatchBuilder();
        builder.AddTombstone(0, [], [new(WellKnownHeaders.Watermark, "5")]);
        await _world.Log.AppendAsync(new TopicPartition("clicks", 0), builder, null, default);
        using var landing = _world.Landing();

        Assert.Equal(new LandingResult(0, 0), await landing.LandAsync(default));

        Assert.Equal(0, (await (await _world.Lake.FindAsync("raw.clicks", default))!.SnapshotAsync(null, default)).Version);
    }

    [Fact]
    public async Task Given_undeclared_members_that_are_allowed_When_landed_Then_they_are_kept_together()
    {
        await _world.SendAsync(0, """{"z":[1, 2],"a":"x","y":"q"}""");

        await _world.Landing(source: LandingFixture.Source(allowUnknown: true)).LandAsync(default);

        Assert.StartsWith("""x||{"z":[1, 2],"y":"q"}|clicks""", Assert.Single(await _world.ReadAsync("raw.clicks")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_lake_of_another_log_When_landed_Then_LEAT3211_says_so()
    {
        await _world.SendManyAsync(0, 0, 10);
        await _world.Landing().LandAsync(default);
        await using var other = new LandingFixture();
        await other.CreateTopicsAsync();

        var error = await Assert.ThrowsAsync<LeatException>(() => other.Landing(_world.Lake).LandAsync(default));

        Assert.Equal("LEAT3211", error.Code);
    }

    [FullFact]
    public async Task Given_540_000_records_When_landed_Then_it_takes_seconds()
    {
        for (var i = 0; i < 54; i++)
        {
            await _world.SendAsync(i % 2, [.. Enumerable.Range(i * 10_000, 10_000).Select(n => string.Create(CultureInfo.InvariantCulture, $$"""{"a":"event-{{n}} of a customer who looked at a product page","b":{{n}}}"""))]);
        }
        using var landing = _world.Landing(source: LandingFixture.Source(maxBytes: 64 << 20));
        var started = TimeProvider.System.GetTimestamp();

        Assert.Equal(540_000, (await landing.LandAsync(default)).Rows);

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Assert.True(seconds < 10, $"{seconds:F2} s");
        Console.WriteLine($"landing 540,000 records: {seconds:F2} s");
    }
}
