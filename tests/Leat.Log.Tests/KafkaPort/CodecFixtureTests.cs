namespace Leat.Log.Tests;

/// <summary>Bytes written by hand from the protocol's documentation.</summary>
public sealed class CodecFixtureTests
{
    [Fact]
    public void Given_a_classic_metadata_request_When_read_Then_header_and_topics()
    {
        var reader = Reader("0003 0004 00000007 0003 6B6361 | 00000002 0001 61 0002 6262 | 01");
        var header = RequestHeader.Read(ref reader);
        Assert.Equal(new RequestHeader(3, 4, 7, "kca"), header);
        var request = MetadataApi.Read(ref reader);
        Assert.Equal(["a", "bb"], request.Topics);
        Assert.True(request.MayCreate);
        Assert.Equal(0, reader.Left);
    }

    [Fact]
    public void Given_a_flexible_api_versions_request_When_read_Then_the_client_id_is_classic_and_tags_are_passed_over()
    {
        // tag buffer of the header: one tag, number 5, 3 bytes
        var reader = Reader("0012 0003 0000002A 0001 78 01 05 03 AABBCC | 0B 6C696272646B61666B61 06 322E302E32 00");
        var header = RequestHeader.Read(ref reader);
        Assert.Equal(new RequestHeader(18, 3, 42, "x"), header);
        ApiVersionsApi.Read(ref reader);
        Assert.Equal(0, reader.Left);
    }

    [Fact]
    public void Given_an_api_versions_response_of_version_3_When_written_Then_its_header_has_no_tags_and_its_body_is_flexible()
    {
        using var writer = new RequestHeader(18, 3, 42, null).Respond();
        ApiVersionsApi.Write(writer, KafkaError.None);
        writer.Finish();
        var bytes = Convert.ToHexString([.. writer.Parts().SelectMany(p => p.ToArray())]);
        // size, correlation id, error, 30 + 1 entries; the first is Produce 3 to 10 with its tags
        Assert.StartsWith("000000DE" + "0000002A" + "0000" + "1F" + "0000" + "0003" + "000A" + "00" + "0001" + "0004" + "000C" + "00", bytes);
        Assert.EndsWith("002C" + "0000" + "0001" + "00" + "00000000" + "00", bytes);
    }

    [Fact]
    public void Given_a_produce_request_of_version_9_When_read_Then_batches_are_slices_of_the_request()
    {
        var bytes = Bytes("0000 0009 00000001 FFFF 00 | 00 FFFF 000003E8 02 02 74 02 00000005 04 010203 00 00 00");
        var reader = new KafkaReader(bytes);
        Assert.Null(RequestHeader.Read(ref reader).ClientId);
        var request = ProduceApi.Read(ref reader);
        Assert.Equal((null, -1, 1000), (request.TransactionalId, request.Acks, request.TimeoutMs));
        var partition = Assert.Single(Assert.Single(request.Topics).Items);
        Assert.Equal(5, partition.Index);
        bytes[^6] = 9;
        Assert.Equal([9, 2, 3], partition.Records.ToArray());
        Assert.Equal(0, reader.Left);
    }

    [Fact]
    public void Given_a_fetch_response_of_version_4_When_written_Then_the_bytes_of_the_documentation()
    {
        using var writer = new RequestHeader(1, 4, 3, null).Respond();
        FetchApi.Write(writer, KafkaError.None, [new("t", [new(0, KafkaError.None, new BatchFetch(KafkaError.None, [0xAB, .. new byte[15]], 1, new PartitionView([], 0, 5, 0) { StableEndExcl = 4 }))])], committedOnly: false);
        writer.Finish();
        Assert.Equal(
            "00000032" + "00000003" + "00000000" + "00000001" + "000174" + "00000001" + "00000000" + "0000" + "0000000000000005" + "0000000000000004" + "FFFFFFFF" + "00000001AB",
            Convert.ToHexString([.. writer.Parts().SelectMany(p => p.ToArray())]));
    }

    [Fact]
    public void Given_large_batches_When_a_response_is_written_Then_they_are_sent_from_where_they_are_and_released_once()
    {
        var owner = new Owner();
        var large = new byte[KafkaWriter.CopyBelow];
        var writer = new KafkaWriter(12, true);
        writer.WriteInt32(0);
        writer.AttachBytes(large, owner);
        writer.WriteTags();
        writer.Finish();
        var parts = writer.Parts().ToList();
        Assert.Equal(3, parts.Count);
        Assert.True(parts[1].Equals(large));
        Assert.Equal(writer.SizeBytes, parts.Sum(p => p.Length));
        Assert.Equal(0, owner.Disposals);
        writer.Dispose();
        writer.Dispose();
        Assert.Equal(1, owner.Disposals);
    }

    private static KafkaReader Reader(string hex) => new(Bytes(hex));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "").Replace("|", ""));

    private sealed class Owner : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
