using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Leat.Log;

/// <summary>Reads the fields of a request in order. Knows the version, so that one call serves classic and compact encodings.</summary>
/// <remarks>Source: Apache Kafka documentation, "Protocol primitive types" and KIP-482. Every read is checked against the end of the request.</remarks>
internal ref struct KafkaReader(Memory<byte> request)
{
    /// <summary>Elements a request may hold in all its arrays: more than any client sends, and a bound for memory.</summary>
    private const int MaxElements = 500_000;

    private readonly Memory<byte> _request = request;
    private readonly ReadOnlySpan<byte> _bytes = request.Span;
    private int _at;
    private int _elements;

    /// <summary>Reads one element of an array.</summary>
    public delegate T Element<out T>(ref KafkaReader reader);

    /// <summary>Version of the request that is read.</summary>
    public short Version { get; private set; }

    /// <summary>Lengths are compact and structures end with tagged fields.</summary>
    public bool Flexible { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _at;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Left => _bytes.Length - _at;

    /// <summary>Says how what follows is encoded.</summary>
    public void Use(short version, bool flexible) => (Version, Flexible) = (version, flexible);

    public sbyte ReadInt8() => (sbyte)Take(1)[0];

    public bool ReadBool() => Take(1)[0] != 0;

    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public Guid ReadUuid() => new(Take(16), bigEndian: true);

    public string ReadString() => ReadNullableString() ?? throw new MalformedRequestException($"a text that must be there is null, at byte {_at}");

    public string? ReadNullableString()
    {
        var length = Flexible ? ReadCompactLength() : ReadInt16();
        return length switch
        {
            < -1 => ThrowLength(length),
            -1 => null,
            0 => "",
            _ => Encoding.UTF8.GetString(Take(length)),
        };
    }

    /// <summary>A text that is never compact: the client id of the header.</summary>
    public string? ReadClassicString()
    {
        var length = ReadInt16();
        return length switch
        {
            < -1 => ThrowLength(length),
            -1 => null,
            _ => Encoding.UTF8.GetString(Take(length)),
        };
    }

    /// <summary>Bytes inside the request, not copied; empty when null.</summary>
    public Memory<byte> ReadBytes()
    {
        var length = Flexible ? ReadCompactLength() : ReadInt32();
        if (length <= 0)
        {
            if (length < -1) ThrowLength(length);
            return default;
        }
        var at = _at;
        Take(length);
        return _request.Slice(at, length);
    }

    /// <summary>Elements of an array; -1 = null.</summary>
    public int ReadArrayLength()
    {
        var length = Flexible ? ReadCompactLength() : ReadInt32();
        if (length < -1 || length > Left) ThrowLength(length);
        _elements += Math.Max(0, length);
        if (_elements > MaxElements) throw new MalformedRequestException($"the request holds more than {MaxElements} elements");
        return length;
    }

    /// <summary>An array; null is read as empty.</summary>
    public List<T> ReadArray<T>(Element<T> element) => ReadNullableArray(element) ?? [];

    /// <summary>An array or null.</summary>
    public List<T>? ReadNullableArray<T>(Element<T> element)
    {
        var length = ReadArrayLength();
        if (length < 0) return null;
        // Grows as elements really come: a length costs its sender nothing.
        var items = new List<T>(Math.Min(length, 64));
        for (var i = 0; i < length; i++) items.Add(element(ref this));
        return items;
    }

    public List<int> ReadInt32Array() => ReadArray(static (ref KafkaReader r) => r.ReadInt32());

    /// <summary>An array of topics, each with an array.</summary>
    public List<ByTopic<T>> ReadByTopic<T>(Element<T> element) => ReadNullableByTopic(element) ?? [];

    /// <summary>An array of topics, each with an array; or null.</summary>
    public List<ByTopic<T>>? ReadNullableByTopic<T>(Element<T> element)
    {
        var length = ReadArrayLength();
        if (length < 0) return null;
        var topics = new List<ByTopic<T>>(Math.Min(length, 64));
        for (var i = 0; i < length; i++)
        {
            var topic = new ByTopic<T>(ReadString(), ReadArray(element));
            SkipTags();
            topics.Add(topic);
        }
        return topics;
    }

    /// <summary>Passes over the tagged fields at the end of a structure; nothing in a classic version.</summary>
    public void SkipTags()
    {
        if (!Flexible) return;
        var count = ReadUnsignedVarint();
        for (var i = 0u; i < count; i++)
        {
            ReadUnsignedVarint();
            var size = ReadUnsignedVarint();
            if (size > int.MaxValue) ThrowLength(size);
            Take((int)size);
        }
    }

    private int ReadCompactLength()
    {
        var length = ReadUnsignedVarint();
        if (length > int.MaxValue) ThrowLength(length);
        return (int)length - 1;
    }

    private uint ReadUnsignedVarint()
    {
        var value = 0u;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Take(1)[0];
            if (shift == 28 && next > 0xF) break;
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new MalformedRequestException($"a number of more than 32 bits before byte {_at}");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)Left) ThrowEnd(length);
        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }

    [DoesNotReturn]
    private readonly void ThrowEnd(int length) => throw new MalformedRequestException($"{length} bytes are wanted at byte {_at}, {Left} are left");

    [DoesNotReturn]
    private readonly string ThrowLength(long length) => throw new MalformedRequestException($"length {length} before byte {_at} is impossible, {Left} bytes are left");
}
