namespace Leat.Log.Tests;

public sealed class Crc32CTests
{
    [Fact]
    public void Given_the_published_check_value_When_computed_Then_equal() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    [Fact]
    public void Given_random_bytes_of_every_length_When_computed_Then_equal_to_the_bitwise_twin()
    {
        var random = new Random(11);
        var bytes = new byte[20_000];
        random.NextBytes(bytes);
        int[] lengths = [.. Enumerable.Range(0, 70), 3071, 3072, 3073, 6143, 6144, 9999, 20_000];
        foreach (var length in lengths) Assert.Equal(Slow(bytes.AsSpan(0, length)), Crc32C.Of(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Given_two_pieces_When_computed_Then_equal_to_the_whole()
    {
        var bytes = new byte[8000];
        new Random(12).NextBytes(bytes);
        for (var cut = 0; cut <= bytes.Length; cut += 997) Assert.Equal(Slow(bytes), Crc32C.Of(bytes.AsSpan(0, cut), bytes.AsSpan(cut)));
    }

    internal static uint Slow(ReadOnlySpan<byte> bytes)
    {
        var crc = ~0u;
        foreach (var next in bytes)
        {
            crc ^= next;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        return ~crc;
    }
}
