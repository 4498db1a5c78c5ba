using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Leat.Core;

/// <summary>
/// A 16-byte view of UTF-8 bytes, laid out as DuckDB's <c>duckdb_string_t</c>: length, then 12 inline bytes, or 4 bytes of prefix and a pointer.
/// </summary>
/// <remarks>
/// A view longer than 12 bytes points into memory that somebody else owns: valid inside the callback or while its batch is alive.
/// Keep it with <see cref="ToString"/> or <see cref="TextPool"/>. Never serialise the struct itself.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 16)]
public readonly unsafe struct Text : IEquatable<Text>, IComparable<Text>
{
    /// <summary>Longest value, in bytes, that is held inside the view.</summary>
    public const int InlineLength = 12;

    private readonly uint _length;
    private readonly uint _prefix;
    private readonly ulong _rest;

    /// <summary>View of <paramref name="length"/> bytes at <paramref name="bytes"/>, which must stay where they are while the view is used.</summary>
    public Text(byte* bytes, int length)
    {
        // One store of both halves: a view is mostly copied at once, and a wide load of what narrow stores wrote would wait for them.
        if (length <= InlineLength)
        {
            var (low, high) = Packed(bytes, length);
            this = Unsafe.BitCast<Vector128<ulong>, Text>(Vector128.Create((uint)length | (low << 32), (low >> 32) | (high << 32)));
        }
        else
        {
            this = Unsafe.BitCast<Vector128<ulong>, Text>(Vector128.Create((uint)length | ((ulong)Unsafe.ReadUnaligned<uint>(bytes) << 32), (ulong)bytes));
        }
    }

    /// <summary>Up to 16 bytes, the first lowest, by loads that overlap: no byte beyond the text is read.</summary>
    private static (ulong Low, ulong High) Packed(byte* bytes, int length)
    {
        if (length > 8) return (Unsafe.ReadUnaligned<ulong>(bytes), Unsafe.ReadUnaligned<ulong>(bytes + length - 8) >> (8 * (16 - length)));
        if (length == 8) return (Unsafe.ReadUnaligned<ulong>(bytes), 0);
        if (length >= 4) return (Unsafe.ReadUnaligned<uint>(bytes) | ((ulong)Unsafe.ReadUnaligned<uint>(bytes + length - 4) << (8 * (length - 4))), 0);
        if (length == 0) return (0, 0);
        return (bytes[0] | ((ulong)bytes[length >> 1] << (8 * (length >> 1))) | ((ulong)bytes[length - 1] << (8 * (length - 1))), 0);
    }

    /// <summary>A value of at most <see cref="InlineLength"/> bytes, copied into the view.</summary>
    public static Text Inline(ReadOnlySpan<byte> utf8)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(utf8.Length, InlineLength);
        fixed (byte* p = utf8) return new Text(p, utf8.Length);
    }

    /// <summary>A constant of the program, kept for the life of the process. Not for data.</summary>
    public static Text Literal(string value) => TextPool.Literals.Intern(Encoding.UTF8.GetBytes(value));

    /// <summary>Length in bytes.</summary>
    public int Length => (int)_length;

    public bool IsEmpty => _length == 0;

    /// <summary>The bytes; for an inline value they live in this very struct, so keep it in a local while the span is used.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _length <= InlineLength
        ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<uint, byte>(ref Unsafe.AsRef(in _prefix)), (int)_length)
        : new ReadOnlySpan<byte>((void*)_rest, (int)_length);

    public bool Equals(Text other)
    {
        if (_length != other._length || _prefix != other._prefix) return false;
        if (_rest == other._rest) return true;
        return _length > InlineLength && new ReadOnlySpan<byte>((void*)_rest, (int)_length).SequenceEqual(new ReadOnlySpan<byte>((void*)other._rest, (int)other._length));
    }

    public override bool Equals(object? obj) => obj is Text other && Equals(other);

    public override int GetHashCode()
    {
        if (_length <= InlineLength) return (int)((((_rest ^ _prefix) * 0x9E3779B97F4A7C15UL) ^ _length) >> 29);
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Order of the bytes, which for UTF-8 is the order of code points.</summary>
    public int CompareTo(Text other) => Bytes.SequenceCompareTo(other.Bytes);

    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    public static bool operator ==(Text left, Text right) => left.Equals(right);

    public static bool operator !=(Text left, Text right) => !left.Equals(right);

    public static bool operator <(Text left, Text right) => left.CompareTo(right) < 0;

    public static bool operator <=(Text left, Text right) => left.CompareTo(right) <= 0;

    public static bool operator >(Text left, Text right) => left.CompareTo(right) > 0;

    public static bool operator >=(Text left, Text right) => left.CompareTo(right) >= 0;
}
