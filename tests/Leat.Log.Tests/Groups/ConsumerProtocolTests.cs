namespace Leat.Log.Tests;

/// <summary>Bytes that consumers of other languages read.</summary>
public sealed class ConsumerProtocolTests
{
    [Fact]
    public void Given_topics_When_encoded_Then_the_bytes_of_version_1()
    {
        Assert.Equal("0001 00000002 0001 61 0002 6263 FFFFFFFF 00000000".Replace(" ", ""), Convert.ToHexString(ConsumerProtocol.Subscription(["a", "bc"])));
        Assert.Equal(["a", "bc"], ConsumerProtocol.TopicsOf(ConsumerProtocol.Subscription(["a", "bc"])));
    }

    [Fact]
    public void Given_partitions_When_encoded_Then_the_bytes_of_version_1_and_back()
    {
        TopicPartition[] partitions = [new("a", 0), new("a", 2), new("b", 1)];
        var bytes = ConsumerProtocol.Assignment(partitions);
        Assert.Equal("0001 00000002 0001 61 00000002 00000000 00000002 0001 62 00000001 00000001 FFFFFFFF".Replace(" ", ""), Convert.ToHexString(bytes));
        Assert.Equal(partitions, ConsumerProtocol.PartitionsOf(bytes));
        Assert.Empty(ConsumerProtocol.PartitionsOf(default));
    }

    [Fact]
    public void Given_a_subscription_that_is_cut_When_read_Then_its_member_gets_nothing() =>
        Assert.Empty(ConsumerProtocol.TopicsOf(ConsumerProtocol.Subscription(["a"]).AsMemory(0, 7)));

    [Fact]
    public void Given_seven_partitions_and_three_members_When_assigned_Then_runs_of_3_2_2()
    {
        var members = new[] { "m2", "m1", "m3" }.Select(m => new JoinedMember(m, null, ConsumerProtocol.Subscription(m == "m3" ? ["t", "u"] : ["t"]))).ToList();
        var shares = RangeAssignor.Assign(members, topic => topic == "t" ? 7 : 1).ToDictionary(a => a.MemberId, a => string.Join(' ', ConsumerProtocol.PartitionsOf(a.Assignment)));
        Assert.Equal(("t[0] t[1] t[2]", "t[3] t[4]", "t[5] t[6] u[0]"), (shares["m1"], shares["m2"], shares["m3"]));
    }
}
