using System.Collections.Immutable;
using System.Text.Json;
using Leat.Core;
using Leat.Lake.Protocol;
using Leat.Lake.Tests.Golden;

namespace Leat.Lake.Tests.Protocol;

public sealed class LogReplayTests
{
    private static readonly DeltaAction.Metadata Metadata = new("id", SchemaJsonWriter.Write(Schema.Of(("a", DataType.Int32)), "t"), []);

    [Fact]
    public void Given_add_remove_and_txn_When_replayed_Then_the_newest_reference_wins()
    {
        var replay = new LogReplay("t");
        replay.Apply([new DeltaAction.ProtocolVersion(1, 2), Metadata, Add("a"), Add("b"), new DeltaAction.SetTransaction("x", 5, null)]);
        replay.Apply([Add("c"), new DeltaAction.RemoveFile("b"), new DeltaAction.SetTransaction("x", 3, null)]);
        replay.Apply([Add("b")]);

        var state = replay.State(2);

        Assert.Equal(["a", "b", "c"], state.Files.Values.Select(f => f.Path).Order());
        Assert.Equal(3, state.Transactions["x"].Version);
    }

    [Fact]
    public void Given_remove_and_add_with_another_vector_in_one_commit_When_replayed_Then_the_new_vector_lives()
    {
        var vector = new DeletionVectorDescriptor("u", "abc", 1, 34, 2);
        var replay = new LogReplay("t");
        replay.Apply([new DeltaAction.ProtocolVersion(1, 2), Metadata, Add("a")]);
        replay.Apply([Add("a") with { DeletionVector = vector }, new DeltaAction.RemoveFile("a")]);

        Assert.Equal("uabc@1", Assert.Single(replay.State(1).Files.Values).DeletionVector!.Id);
    }

    [Theory]
    [InlineData(4, "reader version 4")]
    [InlineData(3, "feature 'teleport'")]
    public void Given_a_protocol_from_the_future_When_replayed_Then_LEAT3011_names_it(int reader, string named)
    {
        var protocol = new DeltaAction.ProtocolVersion(reader, 7) { ReaderFeatures = ["timestampNtz", "teleport"] };

        var error = Assert.Throws<LeatException>(() => new LogReplay("t").Apply([protocol]));

        Assert.Equal("LEAT3011", error.Code);
        Assert.Contains(named, error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_log_without_metadata_When_replayed_Then_LEAT3009_says_so()
    {
        var replay = new LogReplay("t");
        replay.Apply([new DeltaAction.ProtocolVersion(1, 2)]);

        var error = Assert.Throws<LeatException>(() => replay.State(0));

        Assert.Equal("LEAT3009", error.Code);
        Assert.Contains("metaData", error.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delta.invariants", null, "invariants")]
    [InlineData(null, "delta.constraints.positive", "checkConstraints")]
    [InlineData(null, "delta.enableRowTracking", "delta.enableRowTracking")]
    public void Given_a_table_that_obliges_writers_When_an_append_is_checked_Then_LEAT3012_names_the_feature(string? mark, string? property, string named)
    {
        var schema = $$"""{"type":"struct","fields":[{"name":"a","type":"integer","nullable":true,"metadata":{{(mark is null ? "{}" : $"{{\"{mark}\":\"x\"}}")}}}]}""";
        var configuration = ImmutableDictionary<string, string?>.Empty;
        var replay = new LogReplay("t");
        replay.Apply([new DeltaAction.ProtocolVersion(1, 3), Metadata with { SchemaString = schema, Configuration = property is null ? configuration : configuration.Add(property, "true") }]);

        var error = Assert.Throws<LeatException>(() => TableFeatures.CheckAppend(replay.State(0)));

        Assert.Equal("LEAT3012", error.Code);
        Assert.Contains(named, error.What, StringComparison.Ordinal);
    }

    [GoldenFact]
    public void Given_golden_logs_without_checkpoint_When_replayed_Then_live_files_equal_a_naive_replay()
    {
        var compared = 0;
        foreach (var table in GoldenTables.All.Where(t => t.Kind == "read"))
        {
            var log = Path.Combine(table.Root, "_delta_log");
            var plan = LogPlan.Make(table.Name, Directory.GetFiles(log).Select(f => Path.GetFileName(f)), null)!;
            if (plan.CheckpointVersion >= 0 || !table.Protocol.StartsWith("r1", StringComparison.Ordinal)) continue;
            var replay = new LogReplay(table.Name);
            var naive = new HashSet<string>();
            for (var version = 0L; version <= plan.Version; version++)
            {
                var file = Path.Combine(log, LogPlan.CommitName(version));
                replay.Apply(CommitText.Read(File.ReadAllBytes(file), file));
                NaiveReplay(file, naive);
            }
            var state = replay.State(plan.Version);
            Assert.Equal(naive.Order(), state.Files.Values.Select(f => f.Path).Order());
            Assert.Equal((table.Name, table.LiveFiles), (table.Name, state.Files.Count));
            compared++;
        }
        Assert.True(compared >= 40, $"only {compared} tables");
    }

    private static void NaiveReplay(string file, HashSet<string> live)
    {
        var lines = File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        foreach (var line in lines)
            if (line.TryGetProperty("remove", out var remove)) live.Remove(Uri.UnescapeDataString(remove.GetProperty("path").GetString()!));
        foreach (var line in lines)
            if (line.TryGetProperty("add", out var add)) live.Add(Uri.UnescapeDataString(add.GetProperty("path").GetString()!));
    }

    private static DeltaAction.AddFile Add(string path) => new(path, ImmutableDictionary<string, string?>.Empty, 1, 1, true);
}
