using Leat.Conformance;
using Leat.Core;

namespace Leat.Log.Tests;

/// <summary>What the client says and does when the cluster fails, against librdkafka's mock cluster. Needs librdkafka1 (run-tests installs it).</summary>
public sealed class KafkaFailureTests : IAsyncLifetime, IDisposable
{
    private static readonly TopicPartition Target = new("t", 0);
    private readonly MockCluster _cluster = new();
    private KafkaLog _log = null!;

    public Task InitializeAsync()
    {
        _cluster.CreateTopic("t", 1);
        _log = Open(_cluster.Bootstrap);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _log.DisposeAsync();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData(10, "LEAT2012", Retry.Never)] // MESSAGE_TOO_LARGE
    [InlineData(29, "LEAT2044", Retry.Never)] // TOPIC_AUTHORIZATION_FAILED
    [InlineData(87, "LEAT2036", Retry.Never)] // INVALID_RECORD
    public async Task Given_a_refused_batch_When_appended_Then_the_error_says_why_and_the_next_append_works(int error, string code, Retry retry)
    {
        await _log.AppendAsync(Target, One("before"), null, default);
        _cluster.ProduceErrors(error);
        var refused = await Assert.ThrowsAsync<LeatException>(async () => await _log.AppendAsync(Target, One("refused"), null, default));
        Assert.Equal((code, retry), (refused.Code, refused.Retry));
        Assert.Equal(new AppendResult(1, 1, false), await _log.AppendAsync(Target, One("after"), null, default));
        Assert.Equal(["0 1 =before", "1 1 =after"], await LogText.ReadAllAsync(_log, Target, 0));
    }

    [Fact]
    public async Task Given_passing_errors_When_appended_Then_the_batch_is_stored_once()
    {
        await _log.AppendAsync(Target, One("before"), null, default);
        _cluster.ProduceErrors(6, 7, 19); // NOT_LEADER, REQUEST_TIMED_OUT, NOT_ENOUGH_REPLICAS
        Assert.Equal(new AppendResult(1, 1, false), await _log.AppendAsync(Target, One("x"), null, default));
        Assert.Equal(2, (await _log.DescribeAsync(Target, default)).EndOffsetExcl);
    }

    [Fact]
    public async Task Given_a_broker_that_goes_and_comes_back_When_appended_and_read_meanwhile_Then_both_go_on()
    {
        await _log.AppendAsync(Target, One("before"), null, default);
        await using var reader = _log.OpenReader(Target, 1);
        Assert.Null(await reader.ReadAsync(1000, TimeSpan.Zero, default));
        _cluster.BrokerDown(1);
        var append = _log.AppendAsync(Target, One("meanwhile"), null, default).AsTask();
        await Task.Delay(300);
        Assert.False(append.IsCompleted);
        _cluster.BrokerUp(1);
        Assert.Equal(new AppendResult(1, 1, false), await append);
        using var block = await reader.ReadAsync(1000, TimeSpan.FromSeconds(20), default);
        Assert.Equal((1, 2, 1), (block!.BaseOffset, block.EndOffsetExcl, block.Count));
    }

    [Fact]
    public async Task Given_no_cluster_at_the_address_When_asked_Then_LEAT2043_may_be_repeated()
    {
        await using var nowhere = KafkaLog.Open(new KafkaLogParts(new KafkaLogOptions { Bootstrap = "127.0.0.1:1", RequestTimeout = TimeSpan.FromSeconds(1) }));
        var error = await Assert.ThrowsAsync<LeatException>(async () => await nowhere.ListTopicsAsync(default));
        Assert.Equal(("LEAT2043", Retry.WithBackoff, Fault.External), (error.Code, error.Retry, error.Fault));
    }

    [Fact]
    public async Task Given_a_failed_append_with_a_key_When_repeated_Then_it_is_stored_once()
    {
        _cluster.ProduceErrors(29);
        await Assert.ThrowsAsync<LeatException>(async () => await _log.AppendAsync(Target, One("x"), "key", default));
        Assert.Equal(new AppendResult(0, 1, false), await _log.AppendAsync(Target, One("x"), "key", default));
        Assert.Equal(new AppendResult(0, 1, true), await _log.AppendAsync(Target, One("x"), "key", default));
        Assert.Single(await LogText.ReadAllAsync(_log, Target, 0));
    }

    private static KafkaLog Open(string bootstrap) => KafkaLog.Open(new KafkaLogParts(new KafkaLogOptions { Bootstrap = bootstrap }));

    private static RecordBatchBuilder One(string value)
    {
        var batch = new RecordBatchBuilder();
        batch.Add(1, [], System.Text.Encoding.UTF8.GetBytes(value));
        return batch;
    }
}
