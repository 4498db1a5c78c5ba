using Leat.Streams.Kernels;
using Leat.Streams.Keys;

namespace Leat.Streams.Tests.State;

/// <summary>How keys are split into parts.</summary>
public sealed class KeyShardsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void Given_many_keys_When_split_Then_parts_are_even_and_the_low_bits_of_a_part_differ(int parts)
    {
        const int Keys = 1 << 17;
        var hashes = Enumerable.Range(0, Keys).Select(i => KeyHash.Of((long)i)).GroupBy(h => KeyShards.Of(h, parts)).ToDictionary(g => g.Key, g => g.ToList());
        Assert.Equal(Enumerable.Range(0, parts), hashes.Keys.Order());
        foreach (var part in hashes.Values)
        {
            Assert.InRange(part.Count, Keys / parts * 0.8, Keys / parts * 1.2);
            var homes = part.Select(h => h & ((Keys / parts * 2) - 1)).Distinct().Count();
            Assert.True(homes > part.Count * 0.7, $"{homes} places for {part.Count} keys");
        }
    }
}
