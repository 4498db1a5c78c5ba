using System.Text;
using Leat.Serve.Collector.Kernels;

namespace Leat.Serve.Tests.Collector.Kernels;

public sealed class EventScanTests
{
    [Theory]
    [InlineData("""{"k":"a","event_id":"f:1"}""", "a", "f:1")]
    [InlineData("""{"event_id":7,"k":12.50}""", "12.50", "7")]
    [InlineData("""{"k":null}""", "", "")]
    [InlineData("""{"x":{"k":"inner"},"y":[{"k":1}]}""", "", "")]
    [InlineData("""{"k":"aé\""}""", "aé\"", "")]
    [InlineData("""{"\u006b":"escaped name"}""", "escaped name", "")]
    [InlineData("""{"k":1,"k":2}""", "2", "")]
    [InlineData("""{"k":{"a":[1, 2]},"z":1}""", """{"a":[1, 2]}""", "")]
    public void Given_an_event_Then_key_and_id_of_the_top_level(string json, string key, string id)
    {
        Assert.Null(EventScan.Check(Encoding.UTF8.GetBytes(json), "k"u8, "event_id"u8, out var parts));
        Assert.Equal((key, id), (Encoding.UTF8.GetString(parts.Key), Encoding.UTF8.GetString(parts.Id)));
    }

    [Theory]
    [InlineData("[1]", "is not a JSON object")]
    [InlineData("12", "is not a JSON object")]
    [InlineData("""{"a":1}x""", "is not a JSON object")]
    [InlineData("""{"a":1}{}""", "not valid JSON at byte 8")]
    [InlineData("""{"a":}""", "not valid JSON at byte 6")]
    [InlineData("""{"a":1,}""", "not valid JSON at byte 8")]
    [InlineData("""{"a":"x}""", "not valid JSON")]
    public void Given_a_malformed_event_Then_what_and_where(string json, string reason) =>
        Assert.Contains(reason, EventScan.Check(Encoding.UTF8.GetBytes(json), "k"u8, "event_id"u8, out _));

    [Fact]
    public void Given_bytes_that_are_not_UTF8_Then_malformed() => Assert.Equal("the bytes are not UTF-8", EventScan.Check([.. "{\"a\":\""u8, 0xff, .. "\"}"u8], "k"u8, default, out _));
}
