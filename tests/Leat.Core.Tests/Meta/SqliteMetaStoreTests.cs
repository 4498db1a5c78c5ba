using Leat.Conformance;

namespace Leat.Core.Tests;

public sealed class SqliteMetaStoreTests : MetaStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string MetaFile => Path.Combine(_folder.Path, "data", "meta.db");

    protected override IMetaStore Reopen() => new SqliteMetaStore(MetaFile);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_acknowledged_writes_When_the_process_dies_there_Then_a_copy_of_the_files_holds_them_all()
    {
        await using var store = Reopen();
        await MigrateNotesAsync(store);
        for (var id = 1; id <= 20; id++)
        {
            await InsertAsync(store, id, "n");
            var copy = Path.Combine(_folder.Path, "copy" + id);
            Directory.CreateDirectory(copy);
            File.Copy(MetaFile, Path.Combine(copy, "meta.db"));
            File.Copy(MetaFile + "-wal", Path.Combine(copy, "meta.db-wal"));
            await using var after = new SqliteMetaStore(Path.Combine(copy, "meta.db"));
            Assert.Equal(id, await CountAsync(after));
        }
    }

    [Fact]
    public async Task Given_a_file_that_is_no_database_When_opened_Then_LEAT1010_names_it()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(MetaFile)!);
        await File.WriteAllTextAsync(MetaFile, new string('x', 5_000));
        await using var store = Reopen();

        var error = await Assert.ThrowsAsync<LeatException>(() => MigrateNotesAsync(store));

        Assert.Equal(("LEAT1010", MetaFile), (error.Code, error.Where));
    }

    [Fact]
    public async Task Given_a_disposed_store_When_used_Then_it_says_so()
    {
        var store = Reopen();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => CountAsync(store));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => InsertAsync(store, 1, "a"));
    }

    [Fact]
    public async Task Given_many_writers_at_once_When_written_Then_commits_are_shared()
    {
        await using var store = Reopen();
        await MigrateNotesAsync(store);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => InsertAsync(store, i, "n")));

        Assert.Equal(2_000, await CountAsync(store));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"2,000 writes took {clock.Elapsed}");
    }
}
