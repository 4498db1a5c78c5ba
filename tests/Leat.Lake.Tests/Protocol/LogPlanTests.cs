using Leat.Core;
using Leat.Lake.Protocol;

namespace Leat.Lake.Tests.Protocol;

public sealed class LogPlanTests
{
    private static string Commit(int version) => LogPlan.CommitName(version);

    private static string Checkpoint(int version, string rest = "") => $"{version:D20}.checkpoint{rest}.parquet";

    [Fact]
    public void Given_commits_without_checkpoint_When_planned_Then_all_are_read()
    {
        Assert.Equal((2, -1, 0), Shown(LogPlan.Make("t", [Commit(0), Commit(1), Commit(2), "_last_checkpoint", "00000000000000000002.crc"], null)));
    }

    [Theory]
    [InlineData(null, 12, 10, 1)]
    [InlineData(11L, 11, 10, 1)]
    [InlineData(9L, 9, 5, 2)]
    public void Given_checkpoints_When_planned_Then_the_newest_complete_one_at_or_below_is_used(long? asked, long version, long checkpoint, int parts)
    {
        string[] names =
        [
            .. Enumerable.Range(0, 13).Select(Commit), Checkpoint(10), Checkpoint(11, ".0000000001.0000000002"),
            Checkpoint(5, ".0000000001.0000000002"), Checkpoint(5, ".0000000002.0000000002"),
        ];

        Assert.Equal((version, checkpoint, parts), Shown(LogPlan.Make("t", names, asked)));
    }

    [Fact]
    public void Given_a_missing_commit_When_planned_Then_LEAT3010_names_both_neighbours()
    {
        var error = Assert.Throws<LeatException>(() => LogPlan.Make("t", [Commit(0), Commit(1), Commit(4)], null));

        Assert.Equal("LEAT3010", error.Code);
        Assert.Contains("from version 1 to 4", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_an_older_version_before_the_gap_When_planned_Then_it_can_be_read()
    {
        Assert.Equal((1, -1, 0), Shown(LogPlan.Make("t", [Commit(0), Commit(1), Commit(4)], 1)));
    }

    [Theory]
    [InlineData(3L)]
    [InlineData(-1L)]
    public void Given_a_version_that_is_not_there_When_planned_Then_LEAT3004_gives_the_range(long version)
    {
        var error = Assert.Throws<LeatException>(() => LogPlan.Make("t", [Commit(0), Commit(1), Commit(2)], version));

        Assert.Equal("LEAT3004", error.Code);
        Assert.Contains("versions 0 to 2", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_no_log_files_When_planned_Then_there_is_no_table() => Assert.Null(LogPlan.Make("t", ["x.parquet", "_last_checkpoint"], null));

    private static (long, long, int) Shown(LogPlan? plan) => (plan!.Version, plan.CheckpointVersion, plan.Checkpoint.Length);
}
