using System.IO.Compression;

namespace Leat.Log.Tests;

/// <summary>The codecs: what was packed comes back, damage is told, memory stays below the limit, and other implementations agree.</summary>
public sealed class CodecTests
{
    private const long Limit = 16 << 20;

    public static TheoryData<Compression> Packings() => [Compression.Gzip, Compression.Snappy, Compression.Lz4, Compression.Zstd];

    [Theory]
    [MemberData(nameof(Packings))]
    public void Given_bytes_of_any_size_When_packed_and_unpacked_Then_the_same(Compression compression)
    {
        var random = new Random(1);
        int[] sizes = [0, 1, 2, 59, 1000, 32_767, 32_768, 32_769, 65_536, 100_001, 1 << 20, 5_000_003];
        foreach (var size in sizes)
        {
            foreach (var kind in Enumerable.Range(0, 3))
            {
                var plain = Sample(random, size, kind);
                Assert.Equal(plain, Unpack(compression, Codec(compression).Pack(plain)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public void Given_packed_bytes_cut_anywhere_When_unpacked_Then_refused_or_less_but_never_other_bytes(Compression compression)
    {
        var plain = Sample(new Random(2), 70_000, 1);
        var packed = Codec(compression).Pack(plain);
        var refused = 0;
        for (var cut = 0; cut < packed.Length; cut += Property.Full ? 1 : 1 + (packed.Length / 300))
        {
            if (TryUnpack(compression, packed[..cut], Limit, out var unpacked)) Assert.True(unpacked.Length <= plain.Length && plain.AsSpan(0, unpacked.Length).SequenceEqual(unpacked), $"cut at {cut}");
            else refused++;
        }
        Assert.True(refused > 0, "nothing was refused");
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public void Given_damaged_bytes_When_unpacked_Then_refused_or_within_the_limit(Compression compression)
    {
        var random = new Random(3);
        var packed = Codec(compression).Pack(Sample(random, 200_000, 1));
        const int small = 300_000;
        for (var i = 0; i < (Property.Full ? 20_000 : 500); i++)
        {
            var bad = packed.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) bad[random.Next(random.Next(2) == 0 ? 40 : bad.Length)] ^= (byte)(1 << random.Next(8));
            if (TryUnpack(compression, bad, small, out var unpacked)) Assert.True(unpacked.Length <= small + 1);
        }
        for (var i = 0; i < 200; i++)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            _ = TryUnpack(compression, noise, small, out _);
        }
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public void Given_more_than_the_limit_When_unpacked_Then_refused_and_exactly_the_limit_is_taken(Compression compression)
    {
        var plain = new byte[1 << 20];
        var packed = Codec(compression).Pack(plain);
        Assert.True(TryUnpack(compression, packed, plain.Length, out var whole) && whole.Length == plain.Length);
        Assert.False(TryUnpack(compression, packed, plain.Length - 2, out _));
        Assert.False(TryUnpack(compression, packed, 1000, out _));
    }

    [Fact]
    public void Given_snappy_of_another_hand_When_unpacked_Then_bare_blocks_and_frames_are_understood_and_ours_by_it()
    {
        var random = new Random(4);
        foreach (var size in (int[])[1, 100, 40_000, 200_000])
        {
            var plain = Sample(random, size, 1);
            Assert.Equal(plain, Unpack(Compression.Snappy, BareSnappy.Pack(plain)));
            Assert.Equal([.. plain, .. plain], Unpack(Compression.Snappy, BareSnappy.Frame(BareSnappy.Pack(plain), BareSnappy.Pack(plain))));
            Assert.Equal(plain, UnframeOurs(Codec(Compression.Snappy).Pack(plain)));
        }
    }

    [Fact]
    public void Given_several_gzip_members_When_unpacked_Then_all_of_them()
    {
        using var both = new MemoryStream();
        foreach (var text in (byte[][])["one,"u8.ToArray(), "two"u8.ToArray()])
        {
            using var member = new GZipStream(both, CompressionLevel.SmallestSize, leaveOpen: true);
            member.Write(text);
        }
        Assert.Equal("one,two"u8.ToArray(), Unpack(Compression.Gzip, both.ToArray()));
    }

    [ToolTheory("gzip", "lz4", "zstd")]
    [InlineData(Compression.Gzip, "gzip", "-c", "-9")]
    [InlineData(Compression.Gzip, "gzip", "-c", "-1")]
    [InlineData(Compression.Lz4, "lz4", "-cq", "-BI")]
    [InlineData(Compression.Lz4, "lz4", "-cq", "-BD", "-B4")]
    [InlineData(Compression.Lz4, "lz4", "-cq", "-9", "--no-frame-crc")]
    [InlineData(Compression.Zstd, "zstd", "-c", "-19")]
    [InlineData(Compression.Zstd, "zstd", "-c", "--no-content-size", "--no-check")]
    public async Task Given_the_system_program_When_it_packs_we_unpack_and_the_other_way_round(Compression compression, string program, params string[] arguments)
    {
        foreach (var size in (int[])[1, 5_000, 700_000])
        {
            var plain = Sample(new Random(size), size, 1);
            Assert.Equal(plain, Unpack(compression, await Tool.Pipe(plain, program, arguments)));
            Assert.Equal(plain, await Tool.Pipe(Codec(compression).Pack(plain), program, "-d", "-c"));
        }
    }

    private static ICodec Codec(Compression compression)
    {
        Assert.True(Codecs.TryGet(compression, out var codec), $"install {Codecs.PackageOf(compression)}");
        return codec;
    }

    private static byte[] Unpack(Compression compression, byte[] packed)
    {
        using var into = new UnpackedBuffer(64, Limit);
        Codec(compression).Unpack(packed, into);
        return into.Filled.ToArray();
    }

    private static bool TryUnpack(Compression compression, byte[] packed, long limit, out byte[] unpacked)
    {
        using var into = new UnpackedBuffer(64, limit);
        try
        {
            Codec(compression).Unpack(packed, into);
            unpacked = into.Filled.ToArray();
            return true;
        }
        catch (InvalidDataException)
        {
            unpacked = [];
            return false;
        }
        finally
        {
            Assert.True(into.Length <= limit + 1, $"{into.Length} bytes were unpacked, the limit is {limit}");
        }
    }

    private static byte[] UnframeOurs(ReadOnlySpan<byte> framed)
    {
        var plain = new List<byte>();
        for (var rest = framed[16..]; !rest.IsEmpty;)
        {
            var length = (rest[0] << 24) | (rest[1] << 16) | (rest[2] << 8) | rest[3];
            plain.AddRange(BareSnappy.Unpack(rest.Slice(4, length)));
            rest = rest[(4 + length)..];
        }
        return [.. plain];
    }

    /// <summary>0 = all the same, 1 = text that packs, 2 = noise.</summary>
    private static byte[] Sample(Random random, int size, int kind)
    {
        var bytes = new byte[size];
        if (kind == 1)
        {
            for (var i = 0; i < size; i++) bytes[i] = (byte)(random.Next(4) == 0 || i < 50 ? 'a' + random.Next(26) : bytes[i - random.Next(1, 50)]);
        }
        if (kind == 2) random.NextBytes(bytes);
        return bytes;
    }
}
