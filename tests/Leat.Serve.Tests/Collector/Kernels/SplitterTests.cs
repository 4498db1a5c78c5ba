using System.Text;
using Leat.Serve.Collector.Kernels;

namespace Leat.Serve.Tests.Collector.Kernels;

public sealed class SplitterTests
{
    [Theory]
    [InlineData("{}\n{\"a\":1}\n", "1:{}|2:{\"a\":1}")]
    [InlineData("{}\r\n\r\n \n{\"a\":1}", "1:{}|4:{\"a\":1}")]
    [InlineData("\n", "")]
    [InlineData("", "")]
    [InlineData("{}", "1:{}")]
    [InlineData("x\n0123456789012345678901234567890123456789\ny", "1:x|2!LEAT6020|3:y")]
    public void Given_lines_Then_events_with_their_line_however_the_body_is_cut(string body, string expected) => AssertAllCuts(() => new LineSplitter(32), body, expected);

    [Theory]
    [InlineData("[]", "")]
    [InlineData(" [ ] ", "")]
    [InlineData("", "")]
    [InlineData("[{\"a\":\"],[\\\"{\"},\n {\"b\":[1,{\"c\":2}]}]", "1:{\"a\":\"],[\\\"{\"}|2:{\"b\":[1,{\"c\":2}]}")]
    [InlineData("[{},]", "1:{}|2!LEAT6023")]
    [InlineData("[,{}]", "1!LEAT6023|2:{}")]
    [InlineData("[1, nonsense ,{}]", "1:1|2:nonsense|3:{}")]
    [InlineData("[{}}, {}]", "1:{}}|2:{}")]
    [InlineData("[{},{\"a\":1", "1:{}|2:{\"a\":1|3!LEAT6023")]
    [InlineData("[{},", "1:{}|2!LEAT6023")]
    [InlineData("[{}] x y", "1:{}|2!LEAT6023")]
    [InlineData("{\n \"a\": 1\n}", "1:{\n \"a\": 1\n}")]
    [InlineData("{}{\"a\":1}\n{}", "1:{}|2:{\"a\":1}|3:{}")]
    [InlineData("nonsense", "1:nonsense")]
    [InlineData("[\"01234567890123456789012345678901234567890\",{}]", "1!LEAT6020|2:{}")]
    [InlineData("[{\"a\":\"\\\\\"},{}]", "1:{\"a\":\"\\\\\"}|2:{}")]
    public void Given_JSON_Then_elements_however_the_body_is_cut(string body, string expected) => AssertAllCuts(() => new JsonSplitter(32), body, expected);

    /// <summary>The body whole, byte by byte, and cut at every place.</summary>
    private static void AssertAllCuts(Func<EventSplitter> create, string body, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Equal(expected, Run(create, [bytes]));
        Assert.Equal(expected, Run(create, bytes.Select(b => new[] { b })));
        for (var cut = 1; cut < bytes.Length; cut++) Assert.Equal(expected, Run(create, [bytes[..cut], bytes[cut..]]));
    }

    private static string Run(Func<EventSplitter> create, IEnumerable<byte[]> pieces)
    {
        var sink = new RecordingSink();
        using var splitter = create();
        foreach (var piece in pieces) splitter.Feed(piece, sink);
        splitter.End(sink);
        return string.Join('|', sink.Seen);
    }
}
