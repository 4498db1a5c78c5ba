namespace Leat.Log.Tests;

/// <summary>A client of librdkafka is freed only when no call on it runs: else the process dies.</summary>
public sealed class KafkaCallsTests
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Given_a_call_whose_caller_no_longer_waits_When_the_client_ends_Then_it_waits_for_the_call_and_refuses_others()
    {
        var calls = new KafkaCalls();
        using var goOn = new ManualResetEventSlim();
        using var patience = new CancellationTokenSource();
        var waiting = calls.RunAsync(() => { goOn.Wait(); return 1; }, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var ended = calls.EndedAsync();
        Assert.False(ended.IsCompleted);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => calls.RunAsync(() => 2, default));
        goOn.Set();
        await ended.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(calls.EndedAsync().IsCompleted);
    }

    [Fact]
    public async Task Given_questions_to_a_cluster_that_is_away_When_given_up_and_the_log_closed_Then_it_ends_and_refuses_others()
    {
        var log = KafkaLog.Open(new KafkaLogParts(new KafkaLogOptions { Bootstrap = "127.0.0.1:1", RequestTimeout = RequestTimeout }));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var asked = Enumerable.Range(0, 8).Select(i => log.DescribeAsync(new TopicPartition("t", i), patience.Token).AsTask()).ToList();
        foreach (var question in asked) await Assert.ThrowsAnyAsync<Exception>(() => question);
        await log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.DescribeAsync(new TopicPartition("t", 0), default));
    }
}
