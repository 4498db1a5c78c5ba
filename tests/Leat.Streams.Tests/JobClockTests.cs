using Leat.Log;
using Leat.Streams.Testing;
using Leat.Streams.Time;

namespace Leat.Streams.Tests;

public sealed class JobClockTests
{
    private readonly ManualClock _time = new(new DateTimeOffset(Clicks.Zero));

    [Fact]
    public void Given_a_partition_that_nobody_read_for_long_When_another_goes_on_Then_it_is_idle_only_once_a_read_found_nothing()
    {
        var (busy, silent) = (Partition(0), Partition(1));
        var clock = new JobClock([busy, silent], _time, TimeSpan.FromSeconds(5));
        silent.FoundNothing(_time.GetTimestamp());
        _time.Advance(TimeSpan.FromMinutes(2)); // workers stood, or the process did
        busy.FoundSome();
        busy.ActiveSince = _time.GetTimestamp();
        clock.ReleaseIdle();
        Assert.False(silent.IsIdle);

        silent.FoundNothing(_time.GetTimestamp());
        clock.ReleaseIdle();
        Assert.True(silent.IsIdle);

        silent.FoundSome();
        Assert.False(silent.IsIdle);
    }

    private PartitionProgress Partition(int number) => new("clicks", new TopicPartition("clicks", number)) { ActiveSince = _time.GetTimestamp() };
}
