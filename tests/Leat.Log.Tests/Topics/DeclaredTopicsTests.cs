using Leat.Conformance;
using Leat.Core;

namespace Leat.Log.Tests;

/// <summary>A declaration that changes between two starts of a project.</summary>
public sealed class DeclaredTopicsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_a_declaration_with_settings_When_ensured_Then_the_topic_has_them_also_after_a_restart()
    {
        var source = new TopicSource("sales", 2) { Config = new Dictionary<string, string> { ["retention.ms"] = "86400000", ["compression.type"] = "gzip" } };
        await using (var log = EmbeddedLog.Open(_folder.Path)) await log.EnsureTopicAsync(source, default);
        await using var again = EmbeddedLog.Open(_folder.Path);
        var options = (await again.FindTopicAsync("sales", default))!.Options;
        Assert.Equal((2, TimeSpan.FromDays(1), Compression.Gzip), (options.Partitions, options.Retention, options.Compression));
    }

    [Fact]
    public async Task Given_more_partitions_declared_When_ensured_Then_they_are_added_and_what_an_operator_changed_stays()
    {
        await using var log = EmbeddedLog.Open(_folder.Path);
        await log.EnsureTopicAsync(new TopicSource("sales", 2), default);
        await log.ChangeTopicAsync("sales", new TopicOptions { Partitions = 3, RetentionBytes = 1 << 20 }, default);
        var info = await log.EnsureTopicAsync(new TopicSource("sales", 5), default);
        Assert.Equal((5, 1L << 20), (info.Partitions, info.Options.RetentionBytes));
        Assert.Equal(5, (await log.EnsureTopicAsync(new TopicSource("sales", 2), default)).Partitions);
    }

    [Theory]
    [InlineData("retention", "1", "did you mean 'retention.ms'?")]
    [InlineData("segment.bytes", "many", "set segment.bytes within the range")]
    [InlineData("segment.bytes", "5", "65,536")]
    public async Task Given_a_setting_that_cannot_be_When_ensured_Then_LEAT2007_says_what_can(string name, string value, string told)
    {
        await using var log = EmbeddedLog.Open(_folder.Path);
        var error = await Assert.ThrowsAsync<LeatException>(async () => await log.EnsureTopicAsync(new TopicSource("sales") { Config = new Dictionary<string, string> { [name] = value } }, default));
        Assert.Equal("LEAT2007", error.Code);
        Assert.Contains(told, error.Message);
    }
}
