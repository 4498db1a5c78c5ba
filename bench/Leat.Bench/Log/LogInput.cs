using System.Buffers.Binary;

namespace Leat.Bench.Log;

/// <summary>Seeded 240-byte values. A value is one of <see cref="BatchRecords"/> patterns with producer and number in its first bytes, so that a reader knows what must come next.</summary>
internal sealed class LogInput
{
    public const int ValueBytes = 240;
    public const int BatchRecords = 500;
    public const int TagBytes = sizeof(long);
    private const int Seed = 4711;
    private const int NumberBits = 40;
    private readonly byte[] _patterns = new byte[BatchRecords * ValueBytes];

    public LogInput() => new Random(Seed).NextBytes(_patterns);

    /// <summary>Values of one batch, for a producer to write its numbers into.</summary>
    public byte[] CopyPatterns() => [.. _patterns];

    /// <summary>The value at <paramref name="slot"/> of a batch, with the tag of its record.</summary>
    public static ReadOnlySpan<byte> Stamp(byte[] patterns, int slot, int producer, long number)
    {
        var value = patterns.AsSpan(slot * ValueBytes, ValueBytes);
        BinaryPrimitives.WriteInt64LittleEndian(value, ((long)producer << NumberBits) | number);
        return value;
    }

    /// <summary>Who wrote the value, and its number among that producer's records.</summary>
    public static (int Producer, long Number) TagOf(ReadOnlySpan<byte> value)
    {
        var tag = BinaryPrimitives.ReadInt64LittleEndian(value);
        return ((int)(tag >> NumberBits), tag & ((1L << NumberBits) - 1));
    }

    /// <summary>Whether every byte is what the producer wrote.</summary>
    public bool IsIntact(ReadOnlySpan<byte> value, long number) =>
        value.Length == ValueBytes && value[TagBytes..].SequenceEqual(_patterns.AsSpan((int)(number % BatchRecords) * ValueBytes, ValueBytes)[TagBytes..]);
}
