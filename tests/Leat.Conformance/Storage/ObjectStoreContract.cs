using System.Text;
using Leat.Core;
using Leat.Storage;

namespace Leat.Conformance;

/// <summary>What every <see cref="IObjectStore"/> promises. Inherit and give it an empty store.</summary>
public abstract class ObjectStoreContract
{
    /// <summary>A store without objects.</summary>
    protected abstract IObjectStore Store { get; }

    [Fact]
    public async Task Given_an_object_When_read_Then_its_bytes_come_back()
    {
        await Store.PutAsync("a/b.json", "one"u8.ToArray(), default);
        Assert.Equal("one"u8.ToArray(), await Store.GetAsync("a/b.json", default));
        Assert.True(await Store.ExistsAsync("a/b.json", default));
    }

    [Fact]
    public async Task Given_no_object_When_read_Then_null_and_a_range_says_LEAT2053()
    {
        Assert.Null(await Store.GetAsync("none", default));
        Assert.False(await Store.ExistsAsync("none", default));
        var error = await Assert.ThrowsAsync<LeatException>(async () => await Store.GetRangeAsync("none", 0, new byte[4], default));
        Assert.Equal("LEAT2053", error.Code);
    }

    [Fact]
    public async Task Given_a_taken_name_When_put_if_absent_Then_false_and_nothing_changes()
    {
        Assert.True(await Store.PutIfAbsentAsync("log/0.json", "first"u8.ToArray(), default));
        Assert.False(await Store.PutIfAbsentAsync("log/0.json", "second"u8.ToArray(), default));
        Assert.Equal("first"u8.ToArray(), await Store.GetAsync("log/0.json", default));
    }

    [Fact]
    public async Task Given_eight_racing_writers_When_each_puts_the_same_hundred_names_Then_each_name_has_one_winner()
    {
        for (var name = 0; name < 100; name++)
        {
            var path = $"race/{name:D5}.json";
            using var start = new Barrier(8);
            var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Store.PutIfAbsentAsync(path, Encoding.UTF8.GetBytes($"writer {writer}"), default).AsTask();
                },
                default,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
            var winner = Assert.Single(Enumerable.Range(0, 8), writer => wins[writer]);
            Assert.Equal($"writer {winner}", Encoding.UTF8.GetString((await Store.GetAsync(path, default))!));
        }
    }

    [Fact]
    public async Task Given_an_object_When_put_again_Then_readers_see_old_or_new_and_never_a_mix()
    {
        byte[][] versions = [.. Enumerable.Range(1, 2).Select(v => Enumerable.Repeat((byte)v, 50_000 * v).ToArray())];
        await Store.PutAsync("x", versions[0], default);
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var seen = (await Store.GetAsync("x", default))!;
                Assert.Contains(versions, v => v.AsSpan().SequenceEqual(seen));
            }
        });
        for (var i = 0; i < 50; i++) await Store.PutAsync("x", versions[i % 2], default);
        await stop.CancelAsync();
        await reader;
    }

    [Fact]
    public async Task Given_a_range_When_read_Then_exactly_these_bytes_and_fewer_at_the_end()
    {
        await Store.PutAsync("r", "0123456789"u8.ToArray(), default);
        var into = new byte[4];
        Assert.Equal(4, await Store.GetRangeAsync("r", 3, into, default));
        Assert.Equal("3456"u8.ToArray(), into);
        Assert.Equal(2, await Store.GetRangeAsync("r", 8, into, default));
        Assert.Equal("89"u8.ToArray(), into[..2]);
        Assert.Equal(0, await Store.GetRangeAsync("r", 20, into, default));
    }

    [Fact]
    public async Task Given_objects_When_listed_Then_by_prefix_in_ordinal_order_after_the_start()
    {
        foreach (var path in (string[])["t/a/2", "t/a-1", "t/a/10", "t/b", "u/c", "t/a/1"]) await Store.PutAsync(path, "abc"u8.ToArray(), default);
        Assert.Equal(["t/a-1", "t/a/1", "t/a/10", "t/a/2", "t/b"], await Names("t/", null));
        Assert.Equal(["t/a/1", "t/a/10", "t/a/2"], await Names("t/a/", null));
        Assert.Equal(["t/a/2", "t/b"], await Names("t/", "t/a/10"));
        Assert.Equal(["t/a/1", "t/a/10"], await Names("t/a/1", null));
        Assert.Empty(await Names("nothing/", null));
    }

    [Fact]
    public async Task Given_an_object_When_deleted_Then_gone_and_a_second_delete_is_no_error()
    {
        await Store.PutAsync("d/x", "1"u8.ToArray(), default);
        await Store.DeleteAsync("d/x", default);
        await Store.DeleteAsync("d/x", default);
        Assert.False(await Store.ExistsAsync("d/x", default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    public async Task Given_a_path_outside_the_rules_When_used_Then_LEAT2050(string path)
    {
        var error = await Assert.ThrowsAsync<LeatException>(async () => await Store.PutAsync(path, default, default));
        Assert.Equal("LEAT2050", error.Code);
    }

    private async Task<List<string>> Names(string prefix, string? after)
    {
        var names = new List<string>();
        await foreach (var found in Store.ListAsync(prefix, after, default))
        {
            Assert.Equal(3, found.SizeBytes);
            names.Add(found.Path);
        }
        return names;
    }
}
