namespace Leat.Core.Tests;

public sealed class YamlFileTests
{
    [Fact]
    public void Given_a_file_with_maps_and_lists_When_read_Then_values_have_their_types_and_places()
    {
        var root = YamlFile.Parse("name: shop\nserver:\n  port: 4_310\n  open: yes\n  wait: 1.5s\ntags: [a, 'b']\nitems:\n  - name: x\n  - name: y\n", "leat.yml");

        Assert.Equal("shop", root.GetText("name"));
        var server = root.GetMap("server");
        Assert.Equal(4310, server.GetInteger("port", 0, 1, 65535));
        Assert.True(server.GetBoolean("open", false));
        Assert.Equal(TimeSpan.FromSeconds(1.5), server.GetDuration("wait", TimeSpan.Zero));
        Assert.Equal(["a", "b"], root.GetTexts("tags"));
        Assert.Equal("leat.yml:9:5", root.GetMaps("items")[1].Place);
    }

    [Fact]
    public void Given_broken_yaml_When_read_Then_LEAT1002_names_line_and_column()
    {
        var error = Assert.Throws<LeatException>(() => YamlFile.Parse("name: shop\nserver:\n  port: [1, 2\n", "leat.yml"));

        Assert.Equal("LEAT1002", error.Code);
        Assert.Matches(@"^leat\.yml:[34]:\d+$", error.Where);
    }

    [Fact]
    public void Given_a_key_twice_When_read_Then_both_places_are_named()
    {
        var error = Assert.Throws<LeatException>(() => YamlFile.Parse("name: a\nport: 1\nname: b\n", "leat.yml"));

        Assert.Equal(("LEAT1002", "leat.yml:3:1"), (error.Code, error.Where));
        Assert.Contains("leat.yml:1:7", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_misspelt_key_When_keys_are_checked_Then_the_nearest_is_offered()
    {
        var error = Assert.Throws<LeatException>(() => YamlFile.Parse("server:\n  prot: 1\n", "leat.yml").GetMap("server").AllowOnly("host", "port"));

        Assert.Equal(("LEAT1003", "leat.yml:2:3"), (error.Code, error.Where));
        Assert.Contains("'port'", error.Todo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("port: x", "must be a whole number from 1 to 9")]
    [InlineData("port: 10", "must be a whole number from 1 to 9")]
    [InlineData("port: [1]", "'port' is a list")]
    public void Given_a_wrong_value_When_read_Then_value_and_range_are_named(string yaml, string expected)
    {
        var error = Assert.Throws<LeatException>(() => YamlFile.Parse(yaml, "f.yml").GetInteger("port", 5, 1, 9));

        Assert.Equal("LEAT1004", error.Code);
        Assert.Contains(expected, error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_anchors_and_a_merge_key_When_read_Then_own_keys_win()
    {
        var root = YamlFile.Parse("base: &b {retries: 3, delay: 1s}\ntask:\n  <<: *b\n  retries: 5\n", "f.yml").GetMap("task");

        Assert.Equal(5, root.GetInteger("retries", 0));
        Assert.Equal(TimeSpan.FromSeconds(1), root.GetDuration("delay", default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    public void Given_nothing_When_read_Then_the_map_is_empty(string yaml) => Assert.Empty(YamlFile.Parse(yaml, "f.yml").Keys);

    [Fact]
    public void Given_deep_nesting_When_read_Then_it_is_refused_and_does_not_overflow()
    {
        var error = Assert.Throws<LeatException>(() => YamlFile.Parse("a: " + new string('[', 5_000), "f.yml"));

        Assert.Equal("LEAT1002", error.Code);
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("5 m", 300_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("00:00:05", 5_000)]
    [InlineData("0", 0)]
    public void Given_a_duration_When_read_Then_it_is_exact(string text, int milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var value));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("s")]
    [InlineData("5 weeks")]
    [InlineData("99999999999999d")]
    public void Given_no_duration_When_read_Then_it_is_refused(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData("kafka_port", "KafkaPort")]
    [InlineData("host", "Host")]
    public void Given_a_snake_name_When_turned_Then_it_returns(string snake, string pascal)
    {
        Assert.Equal(pascal, SnakeCase.ToPascal(snake));
        Assert.Equal(snake, SnakeCase.Of(pascal));
    }
}
