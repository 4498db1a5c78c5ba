using Leat.Log;

namespace Leat.Conformance;

/// <summary>What is promised of changing and removing topics and their records.</summary>
public abstract partial class EventLogContract
{
    [Fact]
    public virtual async Task Given_a_topic_with_records_When_changed_Then_settings_and_partitions_are_the_new_ones_and_the_records_stay()
    {
        var topic = await Topic(1);
        await Log.AppendAsync(new TopicPartition(topic.Name, 0), Batch("old"), null, default);
        var wanted = new TopicOptions
        {
            Partitions = 3,
            SegmentBytes = 1 << 20,
            SegmentAge = TimeSpan.FromHours(3),
            Retention = TimeSpan.FromDays(5),
            RetentionBytes = 9 << 20,
            TombstoneRetention = TimeSpan.FromHours(7),
            DirtyRatio = 0.25,
            MaxBatchBytes = 500_000,
            RecordTime = RecordTime.Appended,
        };
        Assert.Equal(new TopicInfo(topic.Name, 3, wanted), await Log.ChangeTopicAsync(topic.Name, wanted, default));
        Assert.Equal(new TopicInfo(topic.Name, 3, wanted), await Log.FindTopicAsync(topic.Name, default));
        Assert.Equal(new AppendResult(0, 1, false), await Log.AppendAsync(new TopicPartition(topic.Name, 2), Batch("new"), null, default));
        Assert.Equal(["0 1 =old"], await ReadAll(new TopicPartition(topic.Name, 0), 0));
    }

    [Fact]
    public virtual async Task Given_settings_of_their_own_When_changed_back_to_the_defaults_Then_they_are_the_defaults()
    {
        var topic = await Topic(1);
        await Log.ChangeTopicAsync(topic.Name, new TopicOptions { Retention = TimeSpan.FromDays(1), Cleanup = CleanupPolicy.CompactAndDelete, Compression = Compression.Gzip }, default);
        Assert.Equal(topic, await Log.ChangeTopicAsync(topic.Name, new TopicOptions(), default));
        Assert.Equal(topic, await Log.FindTopicAsync(topic.Name, default));
    }

    [Fact]
    public virtual async Task Given_a_topic_When_changed_wrongly_Then_the_error_says_so_and_nothing_changed()
    {
        var topic = await Topic(2);
        await Fails("LEAT2003", async () => await Log.ChangeTopicAsync(topic.Name, new TopicOptions { Partitions = 1 }, default));
        await Fails("LEAT2007", async () => await Log.ChangeTopicAsync(topic.Name, new TopicOptions { Partitions = 2, SegmentBytes = 1 }, default));
        await Fails("LEAT2001", async () => await Log.ChangeTopicAsync("not-there", new TopicOptions(), default));
        Assert.Equal(topic, await Log.FindTopicAsync(topic.Name, default));
    }

    [Fact]
    public virtual async Task Given_a_topic_When_deleted_Then_it_is_gone_and_a_new_one_of_its_name_is_empty()
    {
        var partition = await Partition();
        await Log.AppendAsync(partition, Batch("a", "b"), "key", default);
        await using var reader = Log.OpenReader(partition, 2);
        Assert.Null(await reader.ReadAsync(1000, TimeSpan.Zero, default));
        await Log.DeleteTopicAsync(partition.Topic, default);
        Assert.Null(await Log.FindTopicAsync(partition.Topic, default));
        Assert.DoesNotContain(await Log.ListTopicsAsync(default), t => t.Name == partition.Topic);
        await Fails("LEAT2001", async () => await reader.ReadAsync(1000, TimeSpan.Zero, default));
        await Fails("LEAT2001", async () => await Log.AppendAsync(partition, Batch("x"), null, default));
        await Fails("LEAT2001", async () => await Log.DeleteTopicAsync(partition.Topic, default));
        await Log.CreateTopicAsync(partition.Topic, new TopicOptions(), default);
        Assert.Equal(new AppendResult(0, 1, false), await Log.AppendAsync(partition, Batch("c"), "key", default));
        Assert.Single(await ReadAll(partition, 0));
    }

    [Fact]
    public virtual async Task Given_records_When_those_before_an_offset_are_deleted_Then_reading_begins_there()
    {
        var partition = await Partition();
        for (var i = 0; i < 5; i++) await Log.AppendAsync(partition, Batch($"{i}a", $"{i}b"), null, default);
        Assert.Equal(5, await Log.DeleteRecordsAsync(partition, 5, default));
        Assert.Equal((5, 10), await Ends(partition));
        Assert.Equal(["5 2 =2b", "6 1 =3a", "7 2 =3b", "8 1 =4a", "9 2 =4b"], await ReadAll(partition, 5));
        await Fails("LEAT2020", async () => await ReadAll(partition, 4));
        Assert.Equal(5, await Log.DeleteRecordsAsync(partition, 3, default));
        Assert.Equal(10, await Log.DeleteRecordsAsync(partition, -1, default));
        Assert.Equal((10, 10), await Ends(partition));
        Assert.Equal(new AppendResult(10, 1, false), await Log.AppendAsync(partition, Batch("next"), null, default));
        Assert.Equal(["10 1 =next"], await ReadAll(partition, 10));
    }

    [Fact]
    public virtual async Task Given_a_wrong_place_When_records_are_deleted_Then_the_error_says_so()
    {
        var partition = await Partition();
        await Log.AppendAsync(partition, Batch("x"), null, default);
        await Fails("LEAT2020", async () => await Log.DeleteRecordsAsync(partition, 2, default));
        await Fails("LEAT2001", async () => await Log.DeleteRecordsAsync(new TopicPartition("not-there", 0), 0, default));
        await Fails("LEAT2006", async () => await Log.DeleteRecordsAsync(partition with { Partition = 7 }, 0, default));
        Assert.Equal((0, 1), await Ends(partition));
    }

    private async Task<(long Start, long EndExcl)> Ends(TopicPartition partition)
    {
        var info = await Log.DescribeAsync(partition, default);
        return (info.StartOffset, info.EndOffsetExcl);
    }
}
