using System.Text;
using System.Text.Json;
using Leat.Core;
using Leat.Ingest.Kernels;

namespace Leat.Ingest.Tests.Kernels;

public sealed class JsonColumnsTests
{
    [Theory]
    [InlineData("""{"a":"x","b":1.50}""", "x", "1.50", null)]
    [InlineData("""{"b":-1E+2,"a":null}""", null, "-1E+2", null)]
    [InlineData("""{"a":"q\"\u00e4\n","b":[1, {"x":2}],"c":true,"d":"y"}""", "q\"ä\n", "[1, {\"x\":2}]", """{"c":true,"d":"y"}""")]
    [InlineData("""{"a":1,"a":2}""", "2", null, null)]
    [InlineData(""" { "\u0061" : "" } """, "", null, null)]
    public void Given_an_object_When_taken_apart_Then_values_are_text_as_they_came(string json, string? a, string? b, string? rest)
    {
        Assert.Equal([a, b, rest], Row(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1} x")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    public void Given_no_object_When_read_Then_the_problem_is_told(string json)
    {
        Assert.NotNull(new JsonColumns(["a"], false).Read(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Given_bytes_that_are_not_UTF8_When_read_Then_the_problem_is_told()
    {
        Assert.Equal("it is not UTF-8", new JsonColumns(["a"], false).Read([.. "{\"a\":\""u8, 0xFF, .. "\"}"u8]));
    }

    [Fact]
    public void Given_random_objects_When_taken_apart_Then_a_plain_reader_finds_the_same()
    {
        var random = new Random(4711);
        for (var round = 0; round < 300; round++)
        {
            var values = Enumerable.Range(0, 4).ToDictionary(i => $"{(char)('a' + i)}", _ => random.Next(3) == 0 ? (object)random.Next() : string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => (char)random.Next(1, 0x3000))));
            var json = JsonSerializer.Serialize(values.OrderBy(_ => random.Next()).ToDictionary(p => p.Key, p => p.Value));
            using var plain = JsonDocument.Parse(json);
            var expected = (string[])["a", "b"];
            Assert.True(expected.Select(n => plain.RootElement.GetProperty(n).ToString()).SequenceEqual(Row(json).Take(2)), $"replay with seed 4711: {json}");
        }
    }

    private static List<object?> Row(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var columns = new JsonColumns(["a", "b"], keepRest: true);
        using var builder = new BatchBuilder(Schema.Of(("a", DataType.Text), ("b", DataType.Text), ("rest", DataType.Text)));
        Assert.Null(columns.Read(bytes));
        columns.Append(bytes, builder);
        builder.EndRow();
        using var batch = builder.Build();
        return [.. Enumerable.Range(0, 3).Select(c => batch[c].GetValue(0))];
    }
}
