using Leat.Streams.Inspection;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.Inspection;

/// <summary>What measures waits and keys.</summary>
public sealed class MeterTests
{
    [Fact]
    public void Given_waits_of_two_kinds_When_read_Then_both_are_counted_and_one_that_goes_on_too()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch);
        var meter = new WorkerMeter(clock);
        clock.Advance(TimeSpan.FromSeconds(1));
        meter.Wait(isHeld: false);
        clock.Advance(TimeSpan.FromSeconds(2));
        meter.Work();
        clock.Advance(TimeSpan.FromSeconds(4));
        meter.Wait(isHeld: true);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((TimeSpan.FromSeconds(5).Ticks, TimeSpan.FromSeconds(3).Ticks), meter.Read());
        clock.Advance(TimeSpan.FromSeconds(1));
        meter.Work();
        Assert.Equal((TimeSpan.FromSeconds(6).Ticks, TimeSpan.FromSeconds(4).Ticks), meter.Read());
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.5)]
    [InlineData(1000, 0.01)]
    public void Given_keys_When_sampled_Then_the_share_of_the_most_frequent_is_told(int keys, double share)
    {
        var sample = new KeySample();
        var random = new Random(4711);
        for (var chunk = 0; chunk < 200; chunk++) sample.Note(Enumerable.Range(0, 1024).Select(_ => (long)random.Next(keys)).ToArray(), 1024);
        Assert.InRange(sample.LargestShare() ?? -1, share - 0.05, share + 0.05);
    }

    [Fact]
    public void Given_few_rows_When_sampled_Then_nothing_is_told()
    {
        var sample = new KeySample();
        for (var chunk = 0; chunk < 15; chunk++) sample.Note([1L, 1, 1, 1], 4);
        Assert.Null(sample.LargestShare());
        sample.Note([1L, 1, 1, 1], 4);
        Assert.Equal(1.0, sample.LargestShare());
    }
}
