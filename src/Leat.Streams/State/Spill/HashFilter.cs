namespace Leat.Streams.State.Spill;

/// <summary>Says of most hashes that are not in a set that they are not: a Bloom filter whose four bits of a hash lie in one word, about 10 bits a hash, 3 of 100 wrong.</summary>
/// <param name="count">Hashes that it is for.</param>
internal sealed class HashFilter(long count)
{
    private const long BitsAHash = 10;
    private readonly ulong[] _words = new ulong[Math.Max(1, count * BitsAHash / 64)];

    public long SizeBytes => _words.LongLength * sizeof(ulong);

    public void Add(uint hash) => _words[WordOf(hash)] |= BitsOf(hash);

    public bool MayContain(uint hash)
    {
        var bits = BitsOf(hash);
        return (_words[WordOf(hash)] & bits) == bits;
    }

    private long WordOf(uint hash) => (long)(((hash * 0x9E3779B1u) * (ulong)_words.LongLength) >> 32);

    private static ulong BitsOf(uint hash)
    {
        var mixed = (hash ^ 0x5BD1E995u) * 0xD6E8FEB86659FD93UL;
        return (1UL << (int)(mixed >> 58)) | (1UL << (int)((mixed >> 52) & 63)) | (1UL << (int)((mixed >> 46) & 63)) | (1UL << (int)((mixed >> 40) & 63));
    }
}
