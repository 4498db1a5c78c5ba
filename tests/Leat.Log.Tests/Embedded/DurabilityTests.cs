using System.Collections.Concurrent;
using Leat.Conformance;
using Leat.Core;
using Leat.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Leat.Log.Tests;

public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_interval_durability_When_the_interval_ends_Then_and_only_then_fsync()
    {
        var time = new ManualTimeProvider();
        var disk = new SyncRecorder();
        await using var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Time = time, Files = new DurableFiles(disk) }, new TopicOptions { Durability = Durability.Interval });
        disk.Synced.Clear();
        await log.AppendAsync(Batches.First, Batches.Of("a"), null, default);
        Assert.DoesNotContain(disk.Synced, IsSegment);
        time.Advance(TimeSpan.FromMilliseconds(100));
        await disk.SegmentSynced.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Given_fsync_durability_When_acknowledged_Then_an_fsync_came_before()
    {
        var disk = new SyncRecorder();
        await using var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Files = new DurableFiles(disk) });
        for (var i = 0; i < 5; i++)
        {
            disk.Synced.Clear();
            await log.AppendAsync(Batches.First, Batches.Of("a"), null, default);
            Assert.Contains(disk.Synced, IsSegment);
        }
    }

    [Fact]
    public async Task Given_a_cancelled_append_When_its_builder_is_used_again_Then_what_is_stored_is_what_was_appended()
    {
        await using var log = await Batches.Open(_folder.Path);
        using var stop = new CancellationTokenSource();
        var builder = Batches.Of("first");
        var append = log.AppendAsync(Batches.First, builder, null, stop.Token).AsTask();
        await stop.CancelAsync();
        await append.ContinueWith(_ => { }, TaskScheduler.Default);
        builder.Clear();
        builder.Add(1, [], "other"u8);
        await log.AppendAsync(Batches.First, builder, null, default);
        var values = await Batches.Values(log);
        Assert.Equal("other", values[^1]);
        Assert.All(values.SkipLast(1), v => Assert.Equal("first", v));
    }

    [Fact]
    public async Task Given_more_keys_than_are_kept_When_repeated_Then_the_newest_are_duplicates_and_the_oldest_are_stored_again()
    {
        var parts = new EmbeddedLogParts { Options = new EmbeddedLogOptions { IdempotencyKeys = 3 } };
        await using (var log = await Batches.Open(_folder.Path, parts))
        {
            for (var i = 0; i < 5; i++) await log.AppendAsync(Batches.First, Batches.Of("x"), $"k{i}", default);
        }
        await using var again = EmbeddedLog.Open(_folder.Path, parts);
        for (var i = 2; i < 5; i++) Assert.True((await again.AppendAsync(Batches.First, Batches.Of("x"), $"k{i}", default)).Duplicate);
        Assert.False((await again.AppendAsync(Batches.First, Batches.Of("x"), "k1", default)).Duplicate);
    }

    [Fact]
    public async Task Given_limits_When_passed_Then_LEAT2012_and_LEAT2013_and_LEAT2006()
    {
        await using var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Options = new EmbeddedLogOptions { MaxBatchBytes = 64 << 10 } });
        await Fails("LEAT2012", () => log.AppendAsync(Batches.First, Batches.Of(new string('x', 70_000)), null, default));
        await Fails("LEAT2013", () => log.AppendAsync(Batches.First, Batches.Of("x"), "", default));
        await Fails("LEAT2006", () => log.AppendAsync(Batches.First with { Partition = 1 }, Batches.Of("x"), null, default));
        await Fails("LEAT2007", async () =>
        {
            await log.CreateTopicAsync("u", new TopicOptions { Partitions = 0 }, default);
            return default;
        });
    }

    [Fact]
    public async Task Given_a_segment_cut_below_its_fsynced_end_When_opened_Then_the_loss_is_told()
    {
        await using (var log = await Batches.Open(_folder.Path))
        {
            await log.AppendAsync(Batches.First, Batches.Of("a"), null, default);
            await log.AppendAsync(Batches.First, Batches.Of("b", "c"), null, default);
        }
        using (var file = File.OpenWrite(CrashImage.Segments(_folder.Path, "t")[0])) file.SetLength(file.Length - 5);
        await using var again = EmbeddedLog.Open(_folder.Path);
        Assert.Contains(again.Recoveries, r => r.Kind == LogRecoveryKind.LostTail && r.FromOffset == 1 && r.ToOffsetExcl == 3);
        Assert.Equal(["a"], await Batches.Values(again));
    }

    [Fact]
    public async Task Given_a_project_When_the_room_is_registered_Then_the_log_is_in_its_folder_and_settings_are_checked()
    {
        var settings = new Dictionary<string, string?> { ["Leat:Log:IdempotencyKeys"] = "7" };
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(new LeatProject(_folder.Path, "p", "dev", _folder.Path)).AddLeatLog();
        await using var provider = services.BuildServiceProvider();
        Assert.Equal(7, provider.GetRequiredService<IOptions<EmbeddedLogOptions>>().Value.IdempotencyKeys);
        await provider.GetRequiredService<IEventLog>().CreateTopicAsync("t", new TopicOptions(), default);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "log", "t", "topic.json")));
        Assert.Equal(
            "Leat:Log:FsyncInterval is 00:00:00; it must be between 00:00:00.0010000 and 00:01:00.",
            new EmbeddedLogOptions { FsyncInterval = TimeSpan.Zero }.Problem());
    }

    private static bool IsSegment(string path) => path.EndsWith(".log", StringComparison.Ordinal);

    private static async Task Fails(string code, Func<ValueTask<AppendResult>> append) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<LeatException>(async () => await append())).Code);

    private sealed class SyncRecorder : IFileFaults
    {
        public ConcurrentBag<string> Synced { get; } = [];

        public TaskCompletionSource SegmentSynced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FileFault? Before(FileOperation operation, string path, long bytes)
        {
            if (operation != FileOperation.Sync) return null;
            Synced.Add(path);
            if (IsSegment(path)) SegmentSynced.TrySetResult();
            return null;
        }
    }
}
