namespace Leat.Log.Tests;

/// <summary>kcat (librdkafka) at the port.</summary>
public sealed class KcatTests
{
    [KcatFact]
    public async Task Given_records_with_keys_and_headers_When_produced_and_consumed_by_kcat_Then_both_sides_see_them()
    {
        await using var fixture = PortFixture.Open();
        var produced = await Kcat.RunAsync("k1:one\nk2:two\n", "-P", "-b", fixture.Bootstrap, "-t", "words", "-p", "0", "-K", ":", "-H", "colour=blue", "-X", "enable.idempotence=true");
        Assert.True(produced.Code == 0, produced.Error);
        Assert.Equal(["k1=one colour:blue", "k2=two colour:blue"], (await Conformance.LogText.ReadAllAsync(fixture.Log, new TopicPartition("words", 0), 0, 1 << 20)).Select(l => l.Split(' ', 3)[2]));
        var consumed = await Kcat.RunAsync(null, "-C", "-b", fixture.Bootstrap, "-t", "words", "-p", "0", "-o", "beginning", "-e", "-q", "-f", "%o %k=%s %h\\n");
        Assert.True(consumed.Code == 0, consumed.Error);
        Assert.Equal("0 k1=one colour=blue\n1 k2=two colour=blue\n", consumed.Out);
    }

    [KcatFact]
    public async Task Given_each_codec_When_produced_by_kcat_Then_the_log_and_kcat_read_the_same()
    {
        await using var fixture = PortFixture.Open();
        foreach (var codec in (string[])["none", "gzip", "snappy", "lz4", "zstd"])
        {
            var lines = string.Concat(Enumerable.Range(0, 500).Select(i => $"{codec} record number {i} {new string('x', 50)}\n"));
            var produced = await Kcat.RunAsync(lines, "-P", "-b", fixture.Bootstrap, "-t", codec, "-p", "0", "-z", codec);
            Assert.True(produced.Code == 0, $"{codec}: {produced.Error}");
            var stored = await Conformance.LogText.ReadAllAsync(fixture.Log, new TopicPartition(codec, 0), 0, 1 << 20);
            Assert.Equal(lines, string.Concat(stored.Select(l => l[(l.IndexOf('=', StringComparison.Ordinal) + 1)..] + "\n")));
            var consumed = await Kcat.RunAsync(null, "-C", "-b", fixture.Bootstrap, "-t", codec, "-p", "0", "-o", "beginning", "-e", "-q");
            Assert.True(consumed.Code == 0, $"{codec}: {consumed.Error}");
            Assert.Equal(lines, consumed.Out);
        }
    }

    [KcatFact]
    public async Task Given_topics_packed_by_the_log_When_consumed_by_kcat_Then_it_unpacks_each_codec()
    {
        await using var fixture = PortFixture.Open();
        foreach (var codec in Enum.GetValues<Compression>())
        {
            var topic = $"packed-{codec}".ToLowerInvariant();
            await fixture.Log.CreateTopicAsync(topic, new TopicOptions { Compression = codec }, default);
            var values = Enumerable.Range(0, 2000).Select(i => $"value {i} {new string('y', 60)}").ToArray();
            await fixture.Log.AppendAsync(new TopicPartition(topic, 0), Batches.Of(values), null, default);
            var consumed = await Kcat.RunAsync(null, "-C", "-b", fixture.Bootstrap, "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q");
            Assert.True(consumed.Code == 0, $"{codec}: {consumed.Error}");
            Assert.Equal(values, consumed.Out.TrimEnd('\n').Split('\n'));
        }
    }

    [KcatFact]
    public async Task Given_a_group_When_kcat_consumes_twice_Then_the_second_run_goes_on_where_the_first_ended()
    {
        await using var fixture = PortFixture.Open();
        await fixture.Log.CreateTopicAsync("orders", new TopicOptions { Partitions = 2 }, default);
        for (var p = 0; p < 2; p++) await fixture.Log.AppendAsync(new TopicPartition("orders", p), Batches.Of($"{p}.a", $"{p}.b", $"{p}.c"), null, default);
        var first = await Kcat.RunAsync(null, "-b", fixture.Bootstrap, "-G", "readers", "-o", "beginning", "-e", "-q", "orders");
        Assert.True(first.Code == 0, first.Error);
        Assert.Equal(["0.a", "0.b", "0.c", "1.a", "1.b", "1.c"], first.Out.TrimEnd('\n').Split('\n').Order());
        Assert.Equal([3L, 3L], (await fixture.Log.Groups.CommittedAsync("readers", default)).Select(o => o.Offset));
        await fixture.Log.AppendAsync(new TopicPartition("orders", 1), Batches.Of("1.d"), null, default);
        var second = await Kcat.RunAsync(null, "-b", fixture.Bootstrap, "-G", "readers", "-e", "-q", "orders");
        Assert.True(second.Code == 0, second.Error);
        Assert.Equal("1.d\n", second.Out);
    }

    [KcatFact]
    public async Task Given_topics_and_times_When_kcat_asks_Then_metadata_and_offsets_are_right()
    {
        await using var fixture = PortFixture.Open();
        await fixture.Log.CreateTopicAsync("three", new TopicOptions { Partitions = 3 }, default);
        var batch = new RecordBatchBuilder();
        foreach (var time in (long[])[1000, 2000, 3000]) batch.Add(time, [], "x"u8);
        await fixture.Log.AppendAsync(new TopicPartition("three", 1), batch, null, default);
        var listed = await Kcat.RunAsync(null, "-L", "-b", fixture.Bootstrap, "-J");
        Assert.True(listed.Code == 0, listed.Error);
        Assert.Contains("\"topic\":\"three\",\"partitions\":[{\"partition\":0", listed.Out);
        var asked = await Kcat.RunAsync(null, "-Q", "-b", fixture.Bootstrap, "-t", "three:1:1500");
        Assert.True(asked.Code == 0, asked.Error);
        Assert.Contains("offset 1", asked.Out);
    }

    [KcatFact]
    public async Task Given_users_When_kcat_logs_in_Then_the_right_password_works_by_each_mechanism_and_a_wrong_one_does_not()
    {
        var users = new SaslUsers(new Dictionary<string, string> { ["ann"] = "secret" });
        await using var fixture = PortFixture.Open(users: users);
        foreach (var mechanism in (string[])["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
        {
            string[] login = ["-X", "security.protocol=SASL_PLAINTEXT", "-X", $"sasl.mechanisms={mechanism}", "-X", "sasl.username=ann"];
            var right = await Kcat.RunAsync($"{mechanism}\n", ["-P", "-b", fixture.Bootstrap, "-t", "secrets", "-p", "0", .. login, "-X", "sasl.password=secret"]);
            Assert.True(right.Code == 0, $"{mechanism}: {right.Error}");
            var wrong = await Kcat.RunAsync(null, ["-L", "-b", fixture.Bootstrap, "-m", "3", .. login, "-X", "sasl.password=guess"]);
            Assert.NotEqual(0, wrong.Code);
        }
        Assert.Equal(3, (await fixture.Log.DescribeAsync(new TopicPartition("secrets", 0), default)).EndOffsetExcl);
    }
}
