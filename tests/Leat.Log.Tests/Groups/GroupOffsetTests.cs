using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Committed offsets: who may commit, what is kept, what is forgotten.</summary>
public sealed class GroupOffsetTests
{
    [Fact]
    public async Task Given_a_group_with_members_When_offsets_are_committed_Then_only_by_members_of_the_generation()
    {
        await using var script = await GroupScript.OpenAsync();
        Assert.Equal(KafkaError.None, await script.Commit(-1, ""));
        var member = (await script.Stable(1))[0];
        Assert.Equal(KafkaError.None, await script.Commit(member.Generation, member.MemberId, offset: 5));
        Assert.Equal(KafkaError.UnknownMemberId, await script.Commit(-1, ""));
        Assert.Equal(KafkaError.UnknownMemberId, await script.Commit(member.Generation, "other"));
        var again = await script.Join(member.MemberId);
        Assert.Equal(KafkaError.IllegalGeneration, await script.Commit(member.Generation, member.MemberId, offset: 9));
        Assert.Equal(KafkaError.RebalanceInProgress, await script.Commit(again.Generation, member.MemberId, offset: 9));
        Assert.Equal(5, (await script.Fetch()).Offset);
    }

    [Fact]
    public async Task Given_offsets_that_cannot_be_kept_When_committed_Then_each_partition_says_why()
    {
        await using var script = await GroupScript.OpenAsync();
        Assert.Equal(KafkaError.None, await script.Commit(-1, "", metadata: new string('m', 4096)));
        Assert.Equal(KafkaError.OffsetMetadataTooLarge, await script.Commit(-1, "", metadata: new string('m', 4097)));
        Assert.Equal(KafkaError.UnknownTopicOrPartition, await script.Commit(-1, "", partition: 4));
        Assert.Equal(new string('m', 4096), (await script.Fetch()).Metadata);
        Assert.Equal(-1, (await script.Fetch(3)).Offset);
    }

    [Fact]
    public async Task Given_committed_and_deleted_groups_When_the_log_is_opened_again_or_compacted_Then_they_are_as_before()
    {
        await using var script = await GroupScript.OpenAsync();
        for (var i = 0; i < 50; i++) Assert.Equal(KafkaError.None, await script.Commit(-1, "", i % 4, i, $"at {i}"));
        _ = await script.Groups.CommitAsync(new CommitOffsets("gone", -1, "", [new OffsetToCommit(new TopicPartition("t", 0), 1)]), default);
        Assert.Equal(KafkaError.None, (await script.Groups.DeleteAsync("gone", default)).Error);
        for (var round = 0; round < 2; round++)
        {
            await script.ReopenAsync();
            for (var p = 0; p < 4; p++) Assert.Equal(new FetchedOffset(new TopicPartition("t", p), p < 2 ? 48 + p : 44 + p, -1, $"at {(p < 2 ? 48 + p : 44 + p)}"), await script.Fetch(p));
            Assert.Equal(["g"], (await script.Groups.ListAsync([], default)).Select(g => g.Group));
            await script.Log.UpkeepAsync(default);
        }
        Assert.DoesNotContain(await script.Log.ListTopicsAsync(default), t => t.Name.StartsWith("__", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_killed_process_When_the_log_is_opened_Then_every_acknowledged_offset_is_there()
    {
        await using var script = await GroupScript.OpenAsync();
        using var images = new TemporaryFolder();
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(KafkaError.None, await script.Commit(-1, "", 0, i));
            var image = Path.Combine(images.Path, $"{i}");
            CrashImage.Copy(script.Folder, image);
            await using var log = EmbeddedLog.Open(image, Coordinators.Parts());
            Assert.Equal(i, (await log.Groups.CommittedAsync("g", default)).Single().Offset);
        }
    }

    [Fact]
    public async Task Given_many_commits_at_once_When_they_are_answered_Then_they_shared_their_batches()
    {
        await using var script = await GroupScript.OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(() => script.Commit(-1, "", i % 4, i))));
        Assert.All(answers, a => Assert.Equal(KafkaError.None, a));
        using var all = await ((IBatchLog)script.Log).FetchAsync(new TopicPartition(GroupCoordinator.TopicName, 0), 0, 10 << 20, false);
        var (batches, records, left) = (0, 0, all.Bytes);
        while (left.Length > 0)
        {
            var header = BatchHeader.Read(left.Span);
            (batches, records, left) = (batches + 1, records + header.Count, left[(int)header.TotalBytes..]);
        }
        Assert.Equal(2000, records);
        Assert.InRange(batches, 1, 1000);
    }

    [Fact]
    public async Task Given_a_group_without_members_When_the_retention_is_over_Then_its_offsets_are_forgotten_for_good()
    {
        await using var script = await GroupScript.OpenAsync();
        _ = await script.Commit(-1, "");
        script.Time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(1, (await script.Fetch()).Offset);
        script.Time.Advance(TimeSpan.FromDays(2));
        for (var i = 0; i < 500 && (await script.Fetch()).Offset >= 0; i++) await Task.Delay(10);
        Assert.Equal(-1, (await script.Fetch()).Offset);
        await script.ReopenAsync();
        Assert.Empty(await script.Groups.ListAsync([], default));
    }

    [Fact]
    public async Task Given_a_deleted_topic_When_it_is_created_again_Then_old_offsets_do_not_count()
    {
        await using var script = await GroupScript.OpenAsync();
        _ = await script.Commit(-1, "", offset: 7);
        await script.Log.DeleteTopicAsync("t", default);
        _ = await script.Log.CreateTopicAsync("t", new TopicOptions { Partitions = 4 }, default);
        Assert.Equal(-1, (await script.Fetch()).Offset);
        await script.ReopenAsync();
        Assert.Equal(-1, (await script.Fetch()).Offset);
    }

    [Fact]
    public async Task Given_more_partitions_When_the_leader_hears_of_them_Then_they_are_read_too()
    {
        await using var script = await GroupScript.OpenAsync();
        await using var consumer = script.Log.Groups.Join(new GroupOptions("grow", ["t"]));
        await ReadUntil(consumer, 4);
        _ = await script.Log.ChangeTopicAsync("t", new TopicOptions { Partitions = 6 }, default);
        script.Time.Advance(TimeSpan.FromSeconds(3));
        await ReadUntil(consumer, 6);
    }

    [Fact]
    public async Task Given_two_topics_When_one_is_deleted_Then_the_other_is_read_on()
    {
        await using var script = await GroupScript.OpenAsync();
        _ = await script.Log.CreateTopicAsync("u", new TopicOptions(), default);
        await using var consumer = script.Log.Groups.Join(new GroupOptions("two", ["t", "u"]));
        await ReadUntil(consumer, 5);
        await script.Log.DeleteTopicAsync("t", default);
        _ = await script.Log.AppendAsync(new TopicPartition("u", 0), LogValues.Batch("on"), null, default);
        using (var read = await consumer.ReadAsync(1000, TimeSpan.Zero, default)) Assert.Equal(["on"], LogValues.Of(read!.Block));
        await consumer.CommitAsync(default);
        script.Time.Advance(TimeSpan.FromSeconds(3));
        await ReadUntil(consumer, 1);
    }

    private static async Task ReadUntil(IGroupConsumer consumer, int partitions)
    {
        for (var i = 0; i < 500 && consumer.Assignment.Count != partitions; i++)
        {
            Assert.Null(await consumer.ReadAsync(1000, TimeSpan.Zero, default));
            await Task.Delay(10);
        }
        Assert.Equal(partitions, consumer.Assignment.Count);
    }
}
