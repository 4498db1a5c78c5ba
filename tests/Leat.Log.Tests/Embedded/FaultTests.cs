using Leat.Conformance;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>The n-th operation fails, for n = 1, 2, 3 ... until the run is clean: no false acknowledgement, nothing acknowledged lost or doubled.</summary>
public sealed class FaultTests : IDisposable
{
    private const int Appends = 12;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, true, 0)]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 70)]
    [InlineData(false, true, 0)]
    [InlineData(false, false, 0)]
    [InlineData(false, true, 5000)]
    public async Task Given_the_nth_operation_fails_When_reopened_Then_each_acknowledged_record_is_there_once_and_in_order(bool diskFull, bool once, int tornBytes)
    {
        for (var n = 1; ; n++)
        {
            Assert.True(n < 300, "the scenario never ran clean");
            var folder = Path.Combine(_folder.Path, $"{n}");
            var faults = new CountedFaults(n, diskFull ? FileFault.DiskFull(tornBytes) : FileFault.Broken(tornBytes), once);
            var acknowledged = await Scenario(folder, faults);
            if (!faults.Raised)
            {
                Assert.Equal(Appends, acknowledged.Count);
                return;
            }
            await Audit(folder, acknowledged, $"n={n}, {faults.Hit}");
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task Given_a_failed_fsync_When_appended_again_Then_LEAT2011_although_the_disk_works_and_reads_go_on()
    {
        var faults = new SwitchedFaults();
        await using var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Files = new DurableFiles(faults) });
        await log.AppendAsync(Batches.First, Batches.Of("good"), null, default);
        faults.Failing = (FileOperation.Sync, FileFault.Broken());
        await Fails("LEAT2011", Retry.Never, log, "lost");
        faults.Failing = null;
        await Fails("LEAT2011", Retry.Never, log, "refused");
        Assert.Equal(["good"], await Batches.Values(log));
    }

    [Fact]
    public async Task Given_a_full_disk_When_there_is_room_again_Then_writing_goes_on_by_itself()
    {
        var faults = new SwitchedFaults();
        await using var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Files = new DurableFiles(faults) });
        await log.AppendAsync(Batches.First, Batches.Of("good"), null, default);
        faults.Failing = (FileOperation.Write, FileFault.DiskFull(40));
        await Fails("LEAT2010", Retry.WithBackoff, log, "refused");
        Assert.Equal(["good"], await Batches.Values(log));
        faults.Failing = null;
        Assert.Equal(1, (await log.AppendAsync(Batches.First, Batches.Of("next"), null, default)).BaseOffset);
        Assert.Equal(["good", "next"], await Batches.Values(log));
    }

    [Fact]
    public async Task Given_a_refused_append_with_a_key_When_repeated_Then_it_is_stored_not_taken_for_a_duplicate()
    {
        var faults = new SwitchedFaults();
        await using var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Files = new DurableFiles(faults) });
        var batch = Batches.Of("a", "b");
        faults.Failing = (FileOperation.Write, FileFault.DiskFull());
        await Assert.ThrowsAsync<LeatException>(async () => await log.AppendAsync(Batches.First, batch, "k", default));
        faults.Failing = null;
        Assert.Equal(new AppendResult(0, 2, false), await log.AppendAsync(Batches.First, batch, "k", default));
        Assert.Equal(["a", "b"], await Batches.Values(log));
    }

    [FullDiskFact]
    public async Task Given_a_really_full_file_system_When_space_returns_Then_nothing_acknowledged_is_lost_and_writing_goes_on()
    {
        using var disk = new SmallDisk(4);
        var acknowledged = new List<string>();
        await using (var log = await Batches.Open(Path.Combine(disk.Path, "log"), null, new TopicOptions { SegmentBytes = 1 << 20 }))
        {
            var ballast = Path.Combine(disk.Path, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[1 << 20]);
            LeatException? refused = null;
            for (var i = 0; refused is null; i++) refused = await TryAppend(log, $"{i}:{new string('x', 50_000)}", acknowledged);
            Assert.Equal(("LEAT2010", Retry.WithBackoff), (refused.Code, refused.Retry));
            Assert.Equal(acknowledged, await Batches.Values(log));
            File.Delete(ballast);
            Assert.Null(await TryAppend(log, "after", acknowledged));
        }
        await using var again = EmbeddedLog.Open(Path.Combine(disk.Path, "log"));
        Assert.Equal(acknowledged, await Batches.Values(again));
        Assert.True(acknowledged.Count > 20);
    }

    private static async Task<LeatException?> TryAppend(EmbeddedLog log, string value, List<string> acknowledged)
    {
        try
        {
            await log.AppendAsync(Batches.First, Batches.Of(value), null, default);
            acknowledged.Add(value);
            return null;
        }
        catch (LeatException e)
        {
            return e;
        }
    }

    private static async Task<List<(long Offset, string Value)>> Scenario(string folder, CountedFaults faults)
    {
        var acknowledged = new List<(long, string)>();
        try
        {
            await using var log = await Batches.Open(folder, new EmbeddedLogParts { Files = new DurableFiles(faults) }, new TopicOptions { SegmentBytes = 64 << 10 });
            for (var i = 0; i < Appends; i++)
            {
                try
                {
                    var value = $"{i}:{new string('x', 20_000)}";
                    var result = await log.AppendAsync(Batches.First, Batches.Of(value), $"key-{i}", default);
                    acknowledged.Add((result.BaseOffset, value));
                }
                catch (LeatException e) when (e.Code is "LEAT2010" or "LEAT2011")
                {
                    // Refused, so nothing is promised for it.
                }
            }
        }
        catch (LeatException e) when (e.Code is "LEAT2010" or "LEAT2014")
        {
            // The log could not even be opened.
        }
        return acknowledged;
    }

    private static async Task Audit(string folder, List<(long Offset, string Value)> acknowledged, string situation)
    {
        await using var log = await Batches.Open(folder, null, new TopicOptions { SegmentBytes = 64 << 10 });
        var stored = await Batches.Values(log);
        foreach (var (offset, value) in acknowledged) Assert.True(offset < stored.Count && stored[(int)offset] == value, $"{situation}: record {value[..4]} at {offset} is not there");
        Assert.True(stored.Count == stored.Distinct().Count(), $"{situation}: doubled");
        Assert.DoesNotContain(log.Recoveries, r => r.Kind != LogRecoveryKind.TornTail);
        foreach (var (offset, value) in acknowledged)
        {
            var number = value.Split(':')[0];
            Assert.Equal(new AppendResult(offset, 1, true), await log.AppendAsync(Batches.First, Batches.Of(value), $"key-{number}", default));
        }
        Assert.Equal(stored.Count, (await log.AppendAsync(Batches.First, Batches.Of("more"), null, default)).BaseOffset);
    }

    private static async Task Fails(string code, Retry retry, EmbeddedLog log, string value)
    {
        var error = await Assert.ThrowsAsync<LeatException>(async () => await log.AppendAsync(Batches.First, Batches.Of(value), null, default));
        Assert.Equal((code, retry), (error.Code, error.Retry));
    }

    private sealed class SwitchedFaults : IFileFaults
    {
        public (FileOperation Operation, FileFault Fault)? Failing { get; set; }

        public FileFault? Before(FileOperation operation, string path, long bytes) => Failing?.Operation == operation ? Failing?.Fault : null;
    }
}
