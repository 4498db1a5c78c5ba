using Leat.Conformance;
using Leat.Core;
using Leat.Log;
using Leat.Storage;
using Leat.Streams.Checkpoints;
using Leat.Streams.Jobs;

namespace Leat.Streams.Tests;

/// <summary>Copies, imports and resets that end in the middle: the job then goes on from before or from after, never from something between.</summary>
public sealed class FailingDiskTests
{
    [Fact]
    public async Task Given_a_disk_that_fails_at_any_operation_When_a_savepoint_is_imported_Then_the_old_checkpoint_or_the_imported_one_is_whole()
    {
        using var folder = new TemporaryFolder();
        var savepoint = await MakeAsync(folder.Path);
        for (var n = 1; ; n++)
        {
            var job = Fresh(folder.Path, savepoint);
            var before = new JobFolder(job, new()).Newest()!;
            var done = Try(n, files => new JobFolder(job, files).Import(savepoint, Plan(), false, "next life"));
            var after = new JobFolder(job, new()).Newest()!;
            if (after.Incarnation == before.Incarnation) Assert.Equal(before.Epoch, after.Epoch);
            else Assert.Equal((before.Epoch + 1, "next life"), (after.Epoch, after.Incarnation));
            using (StateJournal.Open(new(), Path.Combine(job, after.Journal), after.JournalLength, _ => { }))
            {
                Assert.True(!done || after.Incarnation == "next life");
            }

            if (done) return;
        }
    }

    [Fact]
    public async Task Given_a_disk_that_fails_at_any_operation_When_reset_Then_the_newest_checkpoint_is_whole_or_there_is_none()
    {
        using var folder = new TemporaryFolder();
        var savepoint = await MakeAsync(folder.Path);
        for (var n = 1; ; n++)
        {
            var job = Fresh(folder.Path, savepoint);
            new JobFolder(job, new()).Import(savepoint, Plan(), false, "second life");
            var done = Try(n, files => new JobFolder(job, files).Reset());
            if (new JobFolder(job, new()).Newest() is { } left)
            {
                Assert.Equal("second life", left.Incarnation);
                StateJournal.Open(new(), Path.Combine(job, left.Journal), left.JournalLength, _ => { }).Dispose();
                Assert.False(done);
            }

            if (done) return;
        }
    }

    [Fact]
    public async Task Given_a_disk_that_fails_at_any_operation_When_saved_Then_the_folder_is_a_whole_savepoint_or_none()
    {
        using var folder = new TemporaryFolder();
        var savepoint = await MakeAsync(folder.Path);
        for (var n = 1; ; n++)
        {
            var (job, to) = (Fresh(folder.Path, savepoint), Path.Combine(folder.Path, $"copy-{n}"));
            var epoch = new JobFolder(job, new()).Newest()!.Epoch;
            var done = Try(n, files => new JobFolder(job, files).Copy("job", epoch, to));
            var copy = new JobFolder(to, new()).Newest();
            Assert.True(!done || copy is not null);
            if (copy is not null) StateJournal.Open(new(), Path.Combine(to, copy.Journal), copy.JournalLength, _ => { }).Dispose();
            if (done) return;
        }
    }

    private static async Task<string> MakeAsync(string folder)
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(SavepointTests.Defined);
        await bench.SendAsync(Clicks.At(1, "a", "5"), Clicks.At(2, "b", "6"));
        await bench.DrainAsync();
        var made = await bench.Control.SaveAsync(ControlBench.Job, null, default);
        var kept = Path.Combine(folder, "savepoint");
        Copy(made.Path, kept);
        return kept;
    }

    private static JobPlan Plan()
    {
        var plan = new JobPlan(ControlBench.Job);
        SavepointTests.Defined(new JobBuilder(plan));
        return plan;
    }

    /// <summary>A folder of checkpoints with one, the same as the savepoint.</summary>
    private static string Fresh(string folder, string savepoint)
    {
        var job = Path.Combine(folder, "checkpoints");
        if (Directory.Exists(job)) Directory.Delete(job, recursive: true);
        Copy(savepoint, job);
        return job;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    /// <returns>False: the n-th operation of the disk failed.</returns>
    private static bool Try(int n, Action<DurableFiles> act)
    {
        try
        {
            act(new DurableFiles(new FailsAt(n)));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private sealed class FailsAt(int n) : IFileFaults
    {
        private int _operations;

        public FileFault? Before(FileOperation operation, string path, long bytes) => ++_operations >= n ? new FileFault(new IOException("the disk is gone")) : null;
    }
}
