namespace Leat.Bench.Nexmark;

/// <summary>SplitMix64: the same seed gives the same numbers on every machine and runtime.</summary>
internal struct NexmarkRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="limitExcl"/>, which is above 0.</summary>
    public long Next(long limitExcl) => (long)Math.BigMul(Next(), (ulong)limitExcl, out _);

    /// <summary>From 0 to 1, 1 excluded.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A price in cents, log-uniform from 1.00 to 1,000,000.00.</summary>
    public long NextPrice() => (long)Math.Round(Math.Pow(10.0, NextDouble() * 6.0) * 100.0, MidpointRounding.AwayFromZero);

    /// <summary>Fills with letters a to z.</summary>
    public void NextLetters(Span<byte> letters)
    {
        ulong bits = 0;
        for (var i = 0; i < letters.Length; i++)
        {
            if (i % 4 == 0) bits = Next();
            letters[i] = (byte)('a' + ((bits & 0xFFFF) * 26 >> 16));
            bits >>= 16;
        }
    }

    /// <summary>3 to <paramref name="maxExcl"/> characters, each with probability 1/13 the special one and else a letter; spaces at the ends are cut off.</summary>
    /// <returns>What was written into <paramref name="room"/>.</returns>
    public ReadOnlySpan<byte> NextText(Span<byte> room, int maxExcl, byte special = (byte)' ')
    {
        const int shortest = 3;
        var text = room[..(shortest + (int)Next(maxExcl - shortest))];
        foreach (ref var letter in text) letter = Next(13) == 0 ? special : (byte)('a' + Next(26));
        return text.Trim((byte)' ');
    }
}
