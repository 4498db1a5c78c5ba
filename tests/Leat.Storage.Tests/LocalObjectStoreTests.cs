using Leat.Conformance;
using Leat.Core;

namespace Leat.Storage.Tests;

public sealed class LocalObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IObjectStore Store => new LocalObjectStore(Path.Combine(_folder.Path, "store"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FileOperation.Write)]
    [InlineData(FileOperation.Sync)]
    [InlineData(FileOperation.Rename)]
    public async Task Given_a_failing_disk_When_an_object_is_replaced_Then_an_error_and_the_old_bytes_stay(FileOperation failing)
    {
        await Store.PutAsync("x", "old"u8.ToArray(), default);
        var faulty = new LocalObjectStore(Path.Combine(_folder.Path, "store"), new DurableFiles(new FailOn(failing, FileFault.Broken(1))));
        var error = await Assert.ThrowsAsync<LeatException>(async () => await faulty.PutAsync("x", "new"u8.ToArray(), default));
        Assert.Equal("LEAT2052", error.Code);
        Assert.Equal("old"u8.ToArray(), await Store.GetAsync("x", default));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "store")));
    }

    [Fact]
    public async Task Given_a_full_disk_When_an_object_is_stored_Then_LEAT2051_which_may_be_retried_and_nothing_is_left()
    {
        var faulty = new LocalObjectStore(Path.Combine(_folder.Path, "store"), new DurableFiles(new FailOn(FileOperation.Write, FileFault.DiskFull(1))));
        var error = await Assert.ThrowsAsync<LeatException>(async () => await faulty.PutIfAbsentAsync("x", "new"u8.ToArray(), default));
        Assert.Equal(("LEAT2051", Retry.WithBackoff), (error.Code, error.Retry));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "store")));
    }

    [Fact]
    public async Task Given_an_unfinished_write_of_a_dead_process_When_listed_Then_it_is_not_there()
    {
        await Store.PutAsync("a/x", "1"u8.ToArray(), default);
        await File.WriteAllTextAsync(Path.Combine(Path.Combine(_folder.Path, "store"), "a", ".tmp-123"), "half");
        var names = new List<string>();
        await foreach (var found in Store.ListAsync("", null, default)) names.Add(found.Path);
        Assert.Equal(["a/x"], names);
    }

    private sealed class FailOn(FileOperation operation, FileFault fault) : IFileFaults
    {
        public FileFault? Before(FileOperation asked, string path, long bytes) => asked == operation ? fault : null;
    }
}
