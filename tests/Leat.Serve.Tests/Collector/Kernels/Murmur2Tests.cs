using System.Text;
using Leat.Serve.Collector.Kernels;

namespace Leat.Serve.Tests.Collector.Kernels;

public sealed class Murmur2Tests
{
    /// <summary>Values of Kafka's own UtilsTest.testMurmur2.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Given_a_key_Then_Kafkas_hash(string key, int hash) => Assert.Equal(hash, Murmur2.Hash(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void Given_a_negative_hash_Then_a_partition_within_range() => Assert.Equal((-973932308 & 0x7fffffff) % 7, Murmur2.Partition("21"u8, 7));
}
