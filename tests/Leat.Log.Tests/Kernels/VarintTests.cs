namespace Leat.Log.Tests;

public sealed unsafe class VarintTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(63, "7e")]
    [InlineData(-64, "7f")]
    [InlineData(64, "8001")]
    [InlineData(300, "d804")]
    [InlineData(long.MaxValue, "feffffffffffffffff01")]
    [InlineData(long.MinValue, "ffffffffffffffffff01")]
    public void Given_a_value_When_written_Then_these_bytes_and_it_reads_back(long value, string hex)
    {
        var bytes = new byte[Varint.MaxBytes];
        fixed (byte* start = bytes)
        {
            var length = (int)(Varint.Write(start, value) - start);
            Assert.Equal(hex, Convert.ToHexStringLower(bytes.AsSpan(0, length)));
            Assert.Equal(length, Varint.SizeOf(value));
            var at = start;
            Assert.True(Varint.TryRead(ref at, start + length, out var back));
            Assert.Equal((value, length), (back, (int)(at - start)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("ffff")]
    [InlineData("ffffffffffffffffffffff")]
    public void Given_bytes_that_do_not_end_When_read_Then_false(string hex)
    {
        var bytes = Convert.FromHexString(hex + "00");
        fixed (byte* start = bytes)
        {
            var at = start;
            Assert.False(Varint.TryRead(ref at, start + bytes.Length - 1, out _));
        }
    }
}
