using System.Text;

namespace Leat.Log.Tests;

/// <summary>Joining, rebalancing and leaving, with a clock that the test moves.</summary>
public sealed class GroupMembershipTests
{
    [Fact]
    public async Task Given_version_4_When_a_new_member_joins_Then_it_gets_its_id_first_and_joins_with_it()
    {
        await using var script = await GroupScript.OpenAsync();
        var first = await script.Join(requireId: true);
        Assert.Equal(KafkaError.MemberIdRequired, first.Error);
        var joined = await script.Join(first.MemberId, requireId: true);
        Assert.Equal((KafkaError.None, first.MemberId, 1, first.MemberId, "range"), (joined.Error, joined.MemberId, joined.Generation, joined.Leader, joined.ProtocolName));
    }

    [Fact]
    public async Task Given_an_announced_member_that_never_joins_When_its_session_ends_Then_the_others_go_on()
    {
        await using var script = await GroupScript.OpenAsync();
        var stable = await script.Stable(1);
        _ = await script.Join(requireId: true);
        var again = script.Join(stable[0].MemberId);
        Assert.False(again.IsCompleted);
        script.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, (await again).Generation);
    }

    [Fact]
    public async Task Given_an_initial_delay_When_members_come_one_after_the_other_Then_they_begin_in_one_generation()
    {
        await using var script = await GroupScript.OpenAsync(TimeSpan.FromSeconds(3));
        var first = script.Join();
        script.Time.Advance(TimeSpan.FromSeconds(2));
        var second = script.Join();
        script.Time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.False(first.IsCompleted || second.IsCompleted);
        script.Time.Advance(TimeSpan.FromSeconds(0.1));
        var answers = await Task.WhenAll(first, second);
        Assert.All(answers, a => Assert.Equal((1, answers[0].MemberId), (a.Generation, a.Leader)));
        Assert.Equal([2, 0], answers.Select(a => a.Members.Count));
    }

    [Fact]
    public async Task Given_a_stable_group_When_a_member_falls_silent_Then_it_is_taken_out_and_the_others_join_again()
    {
        await using var script = await GroupScript.OpenAsync();
        var members = await script.Stable(2);
        for (var i = 0; i < 3; i++)
        {
            script.Time.Advance(TimeSpan.FromSeconds(4));
            _ = script.Heartbeat(members[0]);
        }
        Assert.Equal(KafkaError.RebalanceInProgress, script.Heartbeat(members[0]));
        Assert.Equal(KafkaError.UnknownMemberId, script.Heartbeat(members[1]));
        var again = await script.Join(members[0].MemberId);
        Assert.Equal((members[0].Generation + 1, 1), (again.Generation, again.Members.Count));
    }

    [Fact]
    public async Task Given_a_rebalance_When_a_member_does_not_come_Then_it_goes_on_without_it_after_the_rebalance_timeout()
    {
        await using var script = await GroupScript.OpenAsync();
        var members = await script.Stable(2);
        var third = script.Join();
        var first = script.Join(members[0].MemberId);
        for (var i = 0; i < 59; i++)
        {
            script.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(KafkaError.RebalanceInProgress, script.Heartbeat(members[1]));
        }
        Assert.False(first.IsCompleted || third.IsCompleted);
        script.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await first).Members.Count + (await third).Members.Count);
        Assert.Equal(KafkaError.UnknownMemberId, script.Heartbeat(members[1]));
    }

    [Fact]
    public async Task Given_a_new_generation_When_the_leader_never_assigns_Then_it_is_taken_out_and_the_follower_leads()
    {
        await using var script = await GroupScript.OpenAsync();
        var stable = await script.Stable(1);
        var coming = script.Join();
        var leader = await script.Join(stable[0].MemberId);
        var follower = await coming;
        var waiting = script.Sync(follower);
        for (var i = 0; i < 60; i++)
        {
            script.Time.Advance(TimeSpan.FromSeconds(1));
            _ = script.Heartbeat(leader);
        }
        Assert.Equal(KafkaError.RebalanceInProgress, (await waiting).Error);
        Assert.Equal(KafkaError.UnknownMemberId, script.Heartbeat(leader));
        var alone = await script.Join(follower.MemberId);
        Assert.Equal(follower.MemberId, alone.Leader);
        Assert.Equal(follower.MemberId, Encoding.UTF8.GetString((await script.Sync(alone)).Assignment.Span));
    }

    [Fact]
    public async Task Given_wrong_members_and_generations_When_they_call_Then_they_are_refused()
    {
        await using var script = await GroupScript.OpenAsync();
        var member = (await script.Stable(1))[0];
        Assert.Equal(KafkaError.UnknownMemberId, script.Heartbeat(member with { MemberId = "other" }));
        Assert.Equal(KafkaError.IllegalGeneration, script.Heartbeat(member with { Generation = 7 }));
        Assert.Equal(KafkaError.IllegalGeneration, (await script.Sync(member with { Generation = 0 })).Error);
        Assert.Equal(KafkaError.UnknownMemberId, (await script.Join("other")).Error);
        Assert.Equal(KafkaError.InconsistentGroupProtocol, (await script.Join(protocols: ["sticky"])).Error);
        Assert.Equal(KafkaError.InvalidGroupId, (await script.Groups.JoinAsync(new JoinGroup("", "", "consumer", []), default)).Error);
        Assert.Equal(KafkaError.InvalidSessionTimeout, (await script.Groups.JoinAsync(new JoinGroup("h", "", "consumer", []) { SessionTimeout = TimeSpan.FromHours(1) }, default)).Error);
        Assert.Equal(KafkaError.InconsistentGroupProtocol, (await script.Groups.JoinAsync(new JoinGroup("h", "", "consumer", []), default)).Error);
    }

    [Fact]
    public async Task Given_members_with_different_protocols_When_they_join_Then_the_one_all_know_is_chosen()
    {
        await using var script = await GroupScript.OpenAsync(TimeSpan.FromSeconds(3));
        var joins = new[] { script.Join(protocols: ["sticky", "range"]), script.Join(protocols: ["range", "sticky"]), script.Join(protocols: ["range"]) };
        script.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.All(await Task.WhenAll(joins), a => Assert.Equal("range", a.ProtocolName));
    }

    [Fact]
    public async Task Given_a_static_member_When_it_comes_back_Then_nobody_rebalances_and_the_old_one_is_fenced()
    {
        await using var script = await GroupScript.OpenAsync();
        var first = await script.Join(instance: "one");
        _ = await script.Sync(first);
        var again = await script.Join(instance: "one");
        Assert.Equal((KafkaError.None, 1, first.MemberId, 0), (again.Error, again.Generation, again.Leader, again.Members.Count));
        Assert.NotEqual(first.MemberId, again.MemberId);
        Assert.Equal(KafkaError.FencedInstanceId, script.Heartbeat(first, "one"));
        Assert.Equal(KafkaError.None, script.Heartbeat(again, "one"));
        Assert.Equal("Stable", await script.State());
        var other = await script.Join(instance: "one", metadata: "other topics");
        Assert.Equal(2, other.Generation);
    }

    [Fact]
    public async Task Given_several_members_When_they_leave_in_one_call_Then_each_is_answered()
    {
        await using var script = await GroupScript.OpenAsync();
        var fixedMember = await script.Join(instance: "one");
        _ = await script.Sync(fixedMember);
        LeavingMember[] leaving = [new("", "one"), new("nobody"), new("x", "unknown")];
        var answer = await script.Groups.LeaveAsync(new LeaveGroup(GroupScript.Group, leaving), default);
        Assert.Equal([KafkaError.None, KafkaError.UnknownMemberId, KafkaError.UnknownMemberId], answer.Members.Select(m => m.Error));
        Assert.Equal("Empty", await script.State());
    }

    [Fact]
    public async Task Given_a_caller_that_is_gone_When_its_join_is_cancelled_Then_its_session_ends_and_the_others_go_on()
    {
        await using var script = await GroupScript.OpenAsync();
        var stable = await script.Stable(1);
        using var gone = new CancellationTokenSource();
        var join = script.Groups.JoinAsync(new JoinGroup(GroupScript.Group, "", "consumer", [new GroupProtocol("range", default)]) { SessionTimeout = TimeSpan.FromSeconds(10) }, gone.Token).AsTask();
        await gone.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => join);
        var again = script.Join(stable[0].MemberId);
        Assert.False(again.IsCompleted);
        script.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single((await again).Members);
    }
}
