using Leat.Core;

namespace Leat.Conformance;

/// <summary>What every metadata store must do. Inherit, and give a store on an empty place that <see cref="Reopen"/> can open again.</summary>
public abstract class MetaStoreContract
{
    private static readonly MetaSchema Notes = new("notes", ["CREATE TABLE notes_note (id BIGINT PRIMARY KEY, body TEXT)"]);

    /// <summary>Opens the store at the same place as before (the first call makes it).</summary>
    protected abstract IMetaStore Reopen();

    [Fact]
    public async Task Given_a_schema_When_migrated_twice_Then_each_step_ran_once()
    {
        await using var store = Reopen();
        await store.MigrateAsync(Notes, default);
        await store.MigrateAsync(Notes, default);
        await store.MigrateAsync(Notes with { Steps = [.. Notes.Steps, "ALTER TABLE notes_note ADD COLUMN extra TEXT"] }, default);

        await InsertAsync(store, 1, "a");
        Assert.Equal(1, await CountAsync(store));
    }

    [Fact]
    public async Task Given_a_step_that_fails_When_migrated_Then_nothing_of_it_stays()
    {
        await using var store = Reopen();
        var broken = Notes with { Steps = [.. Notes.Steps, "CREATE TABLE notes_note (id BIGINT)"] };

        await Assert.ThrowsAnyAsync<LeatException>(() => store.MigrateAsync(broken, default));

        await store.MigrateAsync(Notes, default);
        await InsertAsync(store, 1, "a");
    }

    [Fact]
    public async Task Given_a_newer_store_When_migrated_by_an_older_program_Then_LEAT1012()
    {
        await using var store = Reopen();
        await store.MigrateAsync(Notes with { Steps = [.. Notes.Steps, "ALTER TABLE notes_note ADD COLUMN extra TEXT"] }, default);

        var error = await Assert.ThrowsAsync<LeatException>(() => store.MigrateAsync(Notes, default));

        Assert.Equal("LEAT1012", error.Code);
    }

    [Fact]
    public async Task Given_committed_writes_When_reopened_Then_they_are_there()
    {
        await using (var store = Reopen())
        {
            await store.MigrateAsync(Notes, default);
            await InsertAsync(store, 1, "a");
        }
        await using var again = Reopen();
        Assert.Equal(1, await CountAsync(again));
    }

    [Fact]
    public async Task Given_work_that_throws_When_written_beside_others_Then_only_its_own_changes_are_undone()
    {
        await using var store = Reopen();
        await store.MigrateAsync(Notes, default);

        var writes = Enumerable.Range(0, 200).Select(async i =>
        {
            try
            {
                await store.WriteAsync(
                    t =>
                    {
                        t.Execute("INSERT INTO notes_note (id, body) VALUES (@0, @1)", (long)i, "n");
                        return i % 10 == 0 ? throw new InvalidOperationException("no") : i;
                    },
                    default);
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        });
        var outcomes = await Task.WhenAll(writes);

        Assert.Equal(180, outcomes.Count(ok => ok));
        Assert.Equal(180, await CountAsync(store));
        Assert.Equal(0, await store.ReadAsync(t => t.Query("SELECT id FROM notes_note WHERE id % 10 = 0", r => r.GetInt64(0)).Count, default));
    }

    [Fact]
    public async Task Given_values_of_each_kind_When_written_Then_they_come_back()
    {
        await using var store = Reopen();
        await store.MigrateAsync(new MetaSchema("kinds", ["CREATE TABLE kinds_kind (i BIGINT, d DOUBLE PRECISION, s TEXT, n TEXT, b BIGINT, t BIGINT)"]), default);
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 5, TimeSpan.FromHours(2));

        await store.WriteAsync(t => t.Execute("INSERT INTO kinds_kind VALUES (@0, @1, @2, @3, @4, @5)", 7L, 1.5, "'; --", null, true, at), default);

        var row = (await store.ReadAsync(t => t.Query("SELECT i, d, s, n, b, t FROM kinds_kind", r => (r.GetInt64(0), r.GetDouble(1), r.GetString(2), r.IsDBNull(3), r.GetInt64(4), r.GetInt64(5))), default))[0];
        Assert.Equal((7L, 1.5, "'; --", true, 1L, at.ToUnixTimeMilliseconds()), row);
    }

    [Fact]
    public async Task Given_a_reader_When_a_writer_commits_meanwhile_Then_the_reader_keeps_its_snapshot()
    {
        await using var store = Reopen();
        await store.MigrateAsync(Notes, default);
        await InsertAsync(store, 1, "a");
        using var firstRead = new SemaphoreSlim(0);
        using var written = new SemaphoreSlim(0);

        var reading = store.ReadAsync(
            t =>
            {
                var before = Count(t);
                firstRead.Release();
                Assert.True(written.Wait(TimeSpan.FromSeconds(10)), "the writer was held up by a reader");
                return (before, Count(t));
            },
            default);
        await firstRead.WaitAsync();
        await InsertAsync(store, 2, "b");
        written.Release();

        Assert.Equal((1, 1), await reading);
        Assert.Equal(2, await CountAsync(store));
    }

    [Fact]
    public async Task Given_a_cancelled_token_When_written_Then_nothing_is_stored()
    {
        await using var store = Reopen();
        await store.MigrateAsync(Notes, default);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.WriteAsync(t => t.Execute("INSERT INTO notes_note (id, body) VALUES (1, 'x')"), cancelled.Token));
        Assert.Equal(0, await CountAsync(store));
    }

    /// <summary>Writes one note.</summary>
    protected static Task<int> InsertAsync(IMetaStore store, long id, string body) =>
        store.WriteAsync(t => t.Execute("INSERT INTO notes_note (id, body) VALUES (@0, @1)", id, body), default);

    /// <summary>Number of notes.</summary>
    protected static Task<int> CountAsync(IMetaStore store) => store.ReadAsync(Count, default);

    /// <summary>Makes the table of notes.</summary>
    protected static Task MigrateNotesAsync(IMetaStore store) => store.MigrateAsync(Notes, default);

    private static int Count(IMetaTransaction t) => t.Query("SELECT count(*) FROM notes_note", r => r.GetInt32(0))[0];
}
