using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>The suite against librdkafka's mock cluster, brokers that nobody here wrote. What they cannot do is named below. Needs librdkafka1 (run-tests installs it).</summary>
public sealed class MockClusterContractTests : EventLogContract, IAsyncLifetime, IDisposable
{
    private const string NoAdmin = "librdkafka's mock cluster has no admin calls (DescribeConfigs, CreateTopics, DeleteTopics, DeleteRecords)";
    private const string NoTimes = "librdkafka's mock cluster answers ListOffsets for the ends only, not for times";
    private readonly MockCluster _cluster = new();
    private MockedLog _log = null!;

    protected override IEventLog Log => _log;

    public Task InitializeAsync()
    {
        _log = new MockedLog(KafkaLog.Open(new KafkaLogParts(new KafkaLogOptions { Bootstrap = _cluster.Bootstrap })), _cluster, TopicStore.CheckName);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _log.DisposeAsync();

    public void Dispose() => _cluster.Dispose();

    [Fact(Skip = NoAdmin)]
    public override Task Given_a_new_topic_When_described_Then_it_is_empty_and_found_by_name() => base.Given_a_new_topic_When_described_Then_it_is_empty_and_found_by_name();

    [Fact(Skip = NoAdmin)]
    public override Task Given_a_topic_When_created_again_Then_the_same_partitions_are_fine_and_others_are_LEAT2003() =>
        base.Given_a_topic_When_created_again_Then_the_same_partitions_are_fine_and_others_are_LEAT2003();

    [Fact(Skip = NoAdmin)]
    public override Task Given_a_topic_with_records_When_changed_Then_settings_and_partitions_are_the_new_ones_and_the_records_stay() =>
        base.Given_a_topic_with_records_When_changed_Then_settings_and_partitions_are_the_new_ones_and_the_records_stay();

    [Fact(Skip = NoAdmin)]
    public override Task Given_settings_of_their_own_When_changed_back_to_the_defaults_Then_they_are_the_defaults() =>
        base.Given_settings_of_their_own_When_changed_back_to_the_defaults_Then_they_are_the_defaults();

    [Fact(Skip = NoAdmin)]
    public override Task Given_a_topic_When_changed_wrongly_Then_the_error_says_so_and_nothing_changed() => base.Given_a_topic_When_changed_wrongly_Then_the_error_says_so_and_nothing_changed();

    [Fact(Skip = NoAdmin)]
    public override Task Given_a_topic_When_deleted_Then_it_is_gone_and_a_new_one_of_its_name_is_empty() => base.Given_a_topic_When_deleted_Then_it_is_gone_and_a_new_one_of_its_name_is_empty();

    [Fact(Skip = NoAdmin)]
    public override Task Given_records_When_those_before_an_offset_are_deleted_Then_reading_begins_there() => base.Given_records_When_those_before_an_offset_are_deleted_Then_reading_begins_there();

    [Fact(Skip = NoTimes)]
    public override Task Given_records_out_of_time_order_When_asked_by_time_Then_the_first_offset_at_or_after_it() =>
        base.Given_records_out_of_time_order_When_asked_by_time_Then_the_first_offset_at_or_after_it();
}
