using System.Text;
using Leat.Core;
using Leat.Log;
using Leat.Streams.Testing;
using Leat.Streams.Tests.LakeSources;

namespace Leat.Streams.Tests.Tables;

/// <summary>Compacted topics and lake tables as tables that follow what they are made of.</summary>
public sealed class FollowedTableTests
{
    [Fact]
    public async Task Given_a_compacted_topic_When_keys_change_and_go_and_the_job_is_killed_Then_rows_see_what_is_there()
    {
        await using var bench = new StreamTestBench(() => new FromTopic());
        await bench.Log.CreateTopicAsync("names", new TopicOptions { Partitions = 1, Durability = Durability.Never }, default);
        await PutAsync(bench.Log, "a", "first");
        await PutAsync(bench.Log, "b", "second");
        await bench.PlayAsync([Clicks.At(1, "a"), Clicks.At(2, "b"), new StreamStep.Checkpoint(), new StreamStep.Kill()]);
        await PutAsync(bench.Log, "a", null);
        await PutAsync(bench.Log, "b", "third");
        await PutAsync(bench.Log, "", "nobody");
        await bench.PlayAsync([new StreamStep.Process(), Clicks.At(3, "a"), Clicks.At(4, "b"), new StreamStep.KillAt(CheckpointStep.Recorded)]);
        await PutAsync(bench.Log, "a", "again");
        var result = await bench.RunAsync([new StreamStep.Process(), Clicks.At(5, "a"), new StreamStep.Checkpoint(), new StreamStep.Kill(), Clicks.At(6, "b")]);
        Assert.Equal<string>(["a|again", "a|first", "a|none", "b|second", "b|third", "b|third"], [.. result.Tables["named"]]);
        Assert.Contains("the record has no key", Assert.Single(result.Topics["names.dlq"]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public Task Given_random_changes_of_a_lake_table_When_rows_are_looked_up_Then_each_sees_the_newest_version() => Seeds.ForAll(6, 200, async seed =>
    {
        var random = new Random(seed);
        await using var bench = new StreamTestBench(() => new FromLake());
        var table = (MemoryLakeTable)await OrderTable.CreateAsync(bench.Lake);
        table.HasChangeFeed = random.Next(2) == 0;
        var (model, expected, next, second) = (new SortedDictionary<long, string>(), new List<string>(), 1L, 0);
        for (var step = 0; step < 12; step++)
        {
            var (kind, parity) = (random.Next(5), random.Next(2));
            if (kind == 0) table.Change(row => (long)row[1]! % 2 == parity ? null : row);
            else if (kind == 1) table.Change(row => (long)row[1]! % 2 == parity ? row.SetItem(3, row[3] + "!") : row);
            else if (kind == 2) table.Compact();
            else if (kind == 3 && parity == 0) await OrderTable.ReplaceAsync(table, [0, ++next, ++next]);
            else await OrderTable.AppendAsync(table, Enumerable.Range(0, random.Next(1, 10)).Select(_ => ++next).ToList());
            model.Clear();
            foreach (var row in table.Rows) model[(long)row[1]!] = (string)row[3]!;
            await bench.PlayAsync([new StreamStep.Process(), random.Next(3) == 0 ? new StreamStep.Kill() : random.Next(2) == 0 ? new StreamStep.Checkpoint() : new StreamStep.Process()]);
            for (var i = 0; i < 3; i++)
            {
                var id = random.NextInt64(next + 1);
                if (model.TryGetValue(id, out var name)) expected.Add($"{id}|{name}");
                await bench.PlayAsync([Clicks.At(second++, "a", user: $"{id}")]);
            }

            await bench.PlayAsync([new StreamStep.Checkpoint()]);
        }

        var result = await bench.RunAsync([new StreamStep.Kill()]);
        Assert.Equal<string>([.. expected.Order(StringComparer.Ordinal)], [.. result.Tables["named"]]);
    });

    private static async Task PutAsync(IEventLog log, string key, string? name)
    {
        var batch = new RecordBatchBuilder();
        if (name is null) batch.AddTombstone(0, Encoding.UTF8.GetBytes(key), new RecordHeaders());
        else batch.Add(0, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($$"""{"label":"{{name}}"}"""));
        await log.AppendAsync(new TopicPartition("names", 0), batch, null, default);
    }

    private sealed class FromTopic : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var names = job.TableFromTopic<Text, Value>("names", key => key);
            job.From<ClickEvent>("clicks", e => e.At, TimeSpan.FromSeconds(5))
                .LookupOrDefault(names, e => e.Campaign, (e, n) => new Pair(e.Campaign, n.Label.IsEmpty ? Text.Literal("none") : n.Label)).ToLake("named");
        }
    }

    private sealed class FromLake : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var names = job.TableFromLake<long, TableRow>(OrderTable.Name, row => row.Id);
            job.From<ClickEvent>("clicks", e => e.At, TimeSpan.FromSeconds(5))
                .Lookup(names, e => long.Parse(e.User.Bytes, System.Globalization.CultureInfo.InvariantCulture), (e, c) => new Pair(e.User, c.Row.Name)).ToLake("named");
        }
    }

    private readonly record struct Value(Text Label);

    private readonly record struct Pair(Text Key, Text Label);
}
