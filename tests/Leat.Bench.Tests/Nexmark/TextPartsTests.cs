using Leat.Bench.Nexmark;
using Leat.Core;

namespace Leat.Bench.Tests.Nexmark;

public sealed class TextPartsTests
{
    [Fact]
    public void Given_a_text_When_any_part_is_taken_Then_it_equals_the_part_as_a_string()
    {
        const string whole = "https://www.nexmark.com/a_b/cde";
        var text = Text.Literal(whole);
        for (var start = 0; start <= whole.Length; start++)
        {
            for (var length = 0; start + length <= whole.Length; length++)
            {
                var part = TextParts.Slice(text, start, length);
                Assert.Equal(whole.Substring(start, length), part.ToString());
                Assert.Equal(Text.Literal(whole.Substring(start, length)), part);
            }
        }
    }

    [Theory]
    [InlineData("https://www.nexmark.com/ab/cd/ef/item.htm?query=1", "ab", "cd", "ef")]
    [InlineData("https://www.nexmark.com/ab", "ab", "", "")]
    [InlineData("a/b/c//e", "", "e", "")]
    [InlineData("none", "", "", "")]
    public void Given_an_url_When_split_at_slashes_Then_parts_3_to_5_come_and_missing_ones_are_empty(string url, string third, string fourth, string fifth)
    {
        var (a, b, c) = TextParts.Three(Text.Literal(url), 3);
        Assert.Equal((third, fourth, fifth), (a.ToString(), b.ToString(), c.ToString()));
    }
}
