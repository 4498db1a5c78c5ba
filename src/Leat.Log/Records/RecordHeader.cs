using System.Text;

namespace Leat.Log;

/// <summary>One header of a record; valid until the block is disposed.</summary>
public readonly unsafe ref struct RecordHeader
{
    internal RecordHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>Name, UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Value; UTF-8 where Leat wrote it.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Whether the header is called <paramref name="name"/>; does not allocate.</summary>
    public bool NameEquals(string name)
    {
        if (name.Length > Name.Length) return false;
        Span<byte> utf8 = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(name, utf8, out var written)
            ? utf8[..written].SequenceEqual(Name)
            : Encoding.UTF8.GetBytes(name).AsSpan().SequenceEqual(Name);
    }
}
