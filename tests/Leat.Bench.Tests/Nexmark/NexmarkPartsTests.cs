using Leat.Bench.Nexmark;
using Leat.Core;

namespace Leat.Bench.Tests.Nexmark;

/// <summary>The parts of queries that generated events do not reach.</summary>
public sealed class NexmarkPartsTests
{
    [Fact]
    public void Given_every_hour_When_the_part_of_the_day_is_asked_Then_ends_belong_as_defined()
    {
        var types = Enumerable.Range(0, 24).Select(h => Q14Loop.TimeType(NexmarkSettings.DefaultBaseTime.Date.AddHours(h)).ToString()).ToList();
        Assert.All(types[..7], t => Assert.Equal("nightTime", t));
        Assert.Equal("otherTime", types[7]);
        Assert.All(types[8..19], t => Assert.Equal("dayTime", t));
        Assert.Equal("otherTime", types[19]);
        Assert.All(types[20..], t => Assert.Equal("nightTime", t));
    }

    [Theory]
    [InlineData("https://x/?a=1&channel_id=77&b=2", "77")]
    [InlineData("channel_id=5", "5")]
    [InlineData("https://x/?channel_id=1&channel_id=2", "2")]
    [InlineData("https://x/?a=1&channel_id=", "")]
    [InlineData("https://x/?channel_id=1", null)]
    public void Given_an_url_When_the_channel_id_is_looked_for_Then_it_stands_at_the_start_or_after_an_ampersand(string url, string? expected)
    {
        var found = Q21Loop.TryUrl(Text.Literal(url), out var id);
        Assert.Equal(expected, found ? id.ToString() : null);
    }

    [Theory]
    [InlineData("APPLE", "0")]
    [InlineData("Google", "1")]
    [InlineData("facebooK", "2")]
    [InlineData("baidu", "3")]
    [InlineData("apples", null)]
    public void Given_a_channel_When_it_is_hot_in_any_case_Then_it_has_a_fixed_id(string channel, string? expected)
    {
        var found = Q21Loop.TryHot(Text.Literal(channel), out var id);
        Assert.Equal(expected, found ? id.ToString() : null);
    }
}
