using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Leat.Log;

/// <summary>Writes the fields of a response in order, into pooled memory. Large parts are attached, not copied. Disposed after sending.</summary>
internal sealed class KafkaWriter(short version, bool flexible) : IDisposable
{
    /// <summary>Below this size copying into the response is cheaper than a send of its own.</summary>
    public const int CopyBelow = 8 << 10;

    private const int FirstCapacity = 1024;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstCapacity);
    private List<Attachment>? _attached;
    private int _size;
    private long _attachedBytes;

    /// <summary>Version of the response that is written.</summary>
    public short Version { get; } = version;

    /// <summary>Lengths are compact and structures end with tagged fields.</summary>
    public bool Flexible { get; set; } = flexible;

    /// <summary>Bytes of the whole response.</summary>
    public long SizeBytes => _size + _attachedBytes;

    public void WriteInt8(int value) => Room(1)[0] = (byte)value;

    public void WriteBool(bool value) => Room(1)[0] = value ? (byte)1 : (byte)0;

    public void WriteInt16(int value) => BinaryPrimitives.WriteInt16BigEndian(Room(2), (short)value);

    public void WriteError(KafkaError error) => WriteInt16((short)error);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Room(4), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Room(8), value);

    public void WriteUuid(Guid value) => value.TryWriteBytes(Room(16), bigEndian: true, out _);

    /// <summary>Time a client should wait before it sends more: never any.</summary>
    public void WriteThrottle() => WriteInt32(0);

    public void WriteString(string? value)
    {
        if (value is null)
        {
            if (Flexible) WriteUnsignedVarint(0);
            else WriteInt16(-1);
            return;
        }
        var length = Encoding.UTF8.GetByteCount(value);
        if (!Flexible && length > short.MaxValue) throw new ArgumentException($"a text of {length} bytes does not fit a classic string of at most {short.MaxValue}");
        if (Flexible) WriteUnsignedVarint((uint)length + 1);
        else WriteInt16(length);
        Encoding.UTF8.GetBytes(value, Room(length));
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteBytesLength(value.Length);
        value.CopyTo(Room(value.Length));
    }

    /// <summary>Bytes that stay where they are until this response is sent.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="owner">Disposed with the response.</param>
    public void AttachBytes(ReadOnlyMemory<byte> value, IDisposable owner)
    {
        if (value.Length < CopyBelow)
        {
            WriteBytes(value.Span);
            owner.Dispose();
            return;
        }
        WriteBytesLength(value.Length);
        (_attached ??= []).Add(new Attachment(_size, value, owner));
        _attachedBytes += value.Length;
    }

    /// <summary>Begins an array; -1 = null.</summary>
    public void WriteArrayLength(int length)
    {
        if (Flexible) WriteUnsignedVarint((uint)(length + 1));
        else WriteInt32(length);
    }

    /// <summary>An array whose elements are structures: <paramref name="element"/> writes the fields, the end of each is written here.</summary>
    public void WriteArray<T>(IReadOnlyCollection<T> items, Action<KafkaWriter, T> element)
    {
        WriteArrayLength(items.Count);
        foreach (var item in items)
        {
            element(this, item);
            WriteTags();
        }
    }

    /// <summary>An array of topics, each with an array of structures.</summary>
    public void WriteByTopic<T>(List<ByTopic<T>> topics, Action<KafkaWriter, T> element)
    {
        WriteArrayLength(topics.Count);
        foreach (var topic in topics)
        {
            WriteString(topic.Topic);
            WriteArray(topic.Items, element);
            WriteTags();
        }
    }

    public void WriteStringArray(IReadOnlyCollection<string> items)
    {
        WriteArrayLength(items.Count);
        foreach (var item in items) WriteString(item);
    }

    public void WriteInt32Array(ReadOnlySpan<int> items)
    {
        WriteArrayLength(items.Length);
        foreach (var item in items) WriteInt32(item);
    }

    /// <summary>Ends a structure: no tagged fields.</summary>
    public void WriteTags()
    {
        if (Flexible) Room(1)[0] = 0;
    }

    /// <summary>Writes the size of all that follows the first four bytes into them.</summary>
    public void Finish()
    {
        if (SizeBytes - sizeof(int) > int.MaxValue) throw new InvalidOperationException($"a response of {SizeBytes} bytes does not fit the protocol");
        BinaryPrimitives.WriteInt32BigEndian(_buffer, (int)(SizeBytes - sizeof(int)));
    }

    /// <summary>The response in parts, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Parts()
    {
        var from = 0;
        foreach (var part in _attached ?? [])
        {
            if (part.At > from) yield return _buffer.AsMemory(from, part.At - from);
            yield return part.Bytes;
            from = part.At;
        }
        if (_size > from) yield return _buffer.AsMemory(from, _size - from);
    }

    /// <summary>The response when it is in one part.</summary>
    public bool TrySingle(out ReadOnlyMemory<byte> bytes)
    {
        bytes = _attached is null ? _buffer.AsMemory(0, _size) : default;
        return _attached is null;
    }

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        foreach (var part in _attached ?? []) part.Owner.Dispose();
        _attached = null;
    }

    private void WriteBytesLength(int length)
    {
        if (Flexible) WriteUnsignedVarint((uint)length + 1);
        else WriteInt32(length);
    }

    private void WriteUnsignedVarint(uint value)
    {
        var to = Room((BitOperations.Log2(value | 1) / 7) + 1);
        var at = 0;
        for (; value >= 0x80; value >>= 7) to[at++] = (byte)(value | 0x80);
        to[at] = (byte)value;
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _size < bytes) Grow(bytes);
        var room = _buffer.AsSpan(_size, bytes);
        _size += bytes;
        return room;
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, checked(_size + bytes)));
        _buffer.AsSpan(0, _size).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private readonly record struct Attachment(int At, ReadOnlyMemory<byte> Bytes, IDisposable Owner);
}
