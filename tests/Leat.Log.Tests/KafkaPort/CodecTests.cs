namespace Leat.Log.Tests;

public sealed class CodecTests
{
    public static TheoryData<short, short> Versions()
    {
        var data = new TheoryData<short, short>();
        foreach (var api in ApiTable.All)
        {
            for (var version = api.Min; version <= api.Max; version++) data.Add((short)api.Key, version);
        }
        return data;
    }

    [Fact]
    public void Given_the_table_When_counted_Then_it_holds_the_requests_of_the_sheet_and_nothing_twice()
    {
        Assert.Equal(30, ApiTable.All.Length);
        Assert.Equal(ApiTable.All.Length, ApiTable.All.Select(a => a.Key).Distinct().Count());
        Assert.Equal(Enum.GetValues<ApiKey>().Order(), ApiTable.All.Select(a => a.Key).Order());
        Assert.Null(ApiTable.Find(68));
        Assert.Null(ApiTable.Find(-1));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Given_random_requests_of_each_version_When_read_Then_every_byte_is_taken_and_every_kept_field_is_the_one_sent(short key, short version)
    {
        var api = ApiTable.Find(key)!.Value;
        var random = new Random((key * 100) + version);
        for (var i = 0; i < 40; i++)
        {
            var sent = WireSchemas.Request(api.Key).Random(version, random);
            var reader = new KafkaReader(WireSchemas.Request(api.Key).Write(version, api.IsFlexible(version), sent));
            reader.Use(version, api.IsFlexible(version));
            var kept = CodecSamples.Read(api.Key, ref reader).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(0, reader.Left);
            var all = WireText.Of(sent).Split(' ').ToHashSet(StringComparer.Ordinal);
            foreach (var text in kept.Where(t => t.Length > 8)) Assert.True(all.Contains(text), $"replay with seed {(key * 100) + version}, request {i}: {text} was not sent");
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Given_a_response_of_each_version_When_read_by_the_schema_Then_nothing_is_missing_and_nothing_left(short key, short version)
    {
        var api = ApiTable.Find(key)!.Value;
        using var writer = new KafkaWriter(version, api.IsFlexible(version));
        CodecSamples.Write(api.Key, writer);
        WireSchemas.Response(api.Key).Read(version, api.IsFlexible(version), Bytes(writer), out var left);
        Assert.Equal(0, left);
    }

    [Theory]
    [InlineData(ApiKey.Produce, "{topics=[{name='t' partitions=[{index=3 error=87 base_offset=5 append_time=6 start_offset=7 record_errors=[] message='why'}]}] throttle=0}")]
    [InlineData(ApiKey.Fetch, "{throttle=0 error=0 session=0 topics=[{name='t' partitions=[{index=3 error=0 high_watermark=9 stable_offset=8 start_offset=1 aborted=[{producer=4 first_offset=5}] replica=-1 records=010203}]}]}")]
    [InlineData(ApiKey.ListOffsets, "{throttle=0 topics=[{name='t' partitions=[{index=3 error=0 timestamp=4 offset=5 leader_epoch=0}]}]}")]
    [InlineData(ApiKey.Metadata, "{throttle=0 brokers=[{id=0 host='host' port=9092 rack=null}] cluster='cluster' controller=0 topics=[{error=0 name='t' id=00000000-0000-0000-0000-000000000000 internal=True partitions=[{error=0 index=0 leader=0 leader_epoch=0 replicas=[0] isr=[0] offline=[]} {error=0 index=1 leader=0 leader_epoch=0 replicas=[0] isr=[0] offline=[]}] rights=-2147483648}]}")]
    [InlineData(ApiKey.OffsetCommit, "{throttle=0 topics=[{name='t' partitions=[{index=0 error=0} {index=1 error=48}]}]}")]
    [InlineData(ApiKey.OffsetFetch, "{throttle=0 topics=[{name='t' partitions=[{index=3 offset=4 leader_epoch=5 metadata='m' error=88}]}] error=0}")]
    [InlineData(ApiKey.FindCoordinator, "{throttle=0 coordinators=[{key='g' id=0 host='host' port=9092 error=0 message=null}]}")]
    [InlineData(ApiKey.JoinGroup, "{throttle=0 error=0 generation=3 type='consumer' protocol='range' leader='leader' member='me' members=[{member='me' instance='i' metadata=01}]}")]
    [InlineData(ApiKey.LeaveGroup, "{throttle=0 error=0 members=[{member='m' instance='i' error=25}]}")]
    [InlineData(ApiKey.SyncGroup, "{throttle=0 error=0 type='consumer' protocol='range' assignment=0102}")]
    [InlineData(ApiKey.DescribeGroups, "{throttle=0 groups=[{error=0 group='g' state='Stable' type='consumer' protocol='range' members=[{member='m' instance='i' client='c' host='h' metadata=01 assignment=02}] rights=-2147483648}]}")]
    [InlineData(ApiKey.CreateTopics, "{throttle=0 topics=[{name='t' error=0 message='m' partitions=4 replicas=1 configs=[{name='retention.ms' value='1' read_only=False source=1 sensitive=False}]}]}")]
    [InlineData(ApiKey.DescribeConfigs, "{throttle=0 resources=[{error=0 message='m' type=2 name='t' configs=[{name='retention.ms' value='1' read_only=False source=1 sensitive=False synonyms=[{name='retention.ms' value='1' source=1}] type=5 documentation=null}]}]}")]
    [InlineData(ApiKey.InitProducerId, "{throttle=0 error=0 producer=7 epoch=8}")]
    [InlineData(ApiKey.OffsetForLeaderEpoch, "{throttle=0 topics=[{name='t' partitions=[{error=0 index=3 epoch=4 end_offset=5}]}]}")]
    [InlineData(ApiKey.SaslAuthenticate, "{error=58 message='m' bytes=0102 lifetime=0}")]
    internal void Given_a_response_of_the_newest_version_When_read_by_the_schema_Then_each_field_holds_what_it_should(ApiKey key, string expected)
    {
        var api = ApiTable.Find((short)key)!.Value;
        using var writer = new KafkaWriter(api.Max, api.IsFlexible(api.Max));
        CodecSamples.Write(key, writer);
        Assert.Equal(expected, WireSchema.Text(WireSchemas.Response(key).Read(api.Max, api.IsFlexible(api.Max), Bytes(writer), out _)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Given_cut_and_damaged_requests_When_read_Then_they_are_refused_as_malformed_or_read_within_their_bytes(short key, short version)
    {
        var api = ApiTable.Find(key)!.Value;
        var random = new Random(key + version);
        var bytes = WireSchemas.Request(api.Key).Write(version, api.IsFlexible(version), WireSchemas.Request(api.Key).Random(version, random));
        for (var length = 0; length < Math.Min(bytes.Length, 600); length++) ReadOrRefuse(api, version, bytes.AsSpan(0, length).ToArray());
        for (var i = 0; i < 300 && bytes.Length > 0; i++)
        {
            var damaged = bytes.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            ReadOrRefuse(api, version, damaged);
        }
    }

    [Fact]
    public void Given_a_count_of_two_billion_elements_When_read_Then_it_is_refused_before_memory_is_taken()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedRequestException>(() =>
        {
            var reader = new KafkaReader(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF, 0, 0 });
            return reader.ReadInt32Array();
        });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000);
    }

    private static void ReadOrRefuse(ApiVersionRange api, short version, byte[] bytes)
    {
        try
        {
            var reader = new KafkaReader(bytes);
            reader.Use(version, api.IsFlexible(version));
            CodecSamples.Read(api.Key, ref reader);
        }
        catch (MalformedRequestException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static byte[] Bytes(KafkaWriter writer) => [.. writer.Parts().SelectMany(p => p.ToArray())];
}
