using System.Text;

namespace Leat.Log;

/// <summary>Headers of a record, encoded: made once, added to as many records as wanted. Values may be any bytes. Not thread-safe while it is filled.</summary>
public sealed unsafe class RecordHeaders
{
    private byte[] _bytes = [];
    private int _size;

    /// <summary>Headers held.</summary>
    public int Count { get; private set; }

    /// <summary>The headers as a record has them, without their count.</summary>
    public ReadOnlySpan<byte> Encoded => _bytes.AsSpan(0, _size);

    /// <summary>Headers that were kept as <see cref="Encoded"/>.</summary>
    /// <exception cref="FormatException">The bytes are not whole headers.</exception>
    public static RecordHeaders Decode(ReadOnlySpan<byte> encoded)
    {
        var headers = new RecordHeaders();
        fixed (byte* start = encoded)
        {
            var at = start;
            var end = start + encoded.Length;
            while (at < end)
            {
                if (!Skip(ref at, end) || !Skip(ref at, end)) throw new FormatException("the bytes are not whole headers");
                headers.Count++;
            }
        }
        headers.Reserve(encoded.Length);
        encoded.CopyTo(headers._bytes);
        headers._size = encoded.Length;
        return headers;
    }

    /// <summary>Adds a header.</summary>
    /// <exception cref="ArgumentException">The name is <see cref="WellKnownHeaders.IdempotencyKey"/>, which only the log may write.</exception>
    public RecordHeaders Add(string name, string value) => Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a header whose value may be any bytes.</summary>
    /// <exception cref="ArgumentException">The name is <see cref="WellKnownHeaders.IdempotencyKey"/>, which only the log may write.</exception>
    public RecordHeaders Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("leat-idempotency-key"u8)) throw new ArgumentException($"the header '{WellKnownHeaders.IdempotencyKey}' is written by the log: pass the key to AppendAsync", nameof(name));
        Reserve(name.Length + value.Length + (2 * Varint.MaxBytes));
        fixed (byte* start = _bytes)
        {
            var at = Write(Write(start + _size, name), value);
            _size = (int)(at - start);
        }
        Count++;
        return this;
    }

    /// <summary>Adds the record's own headers, not those that Leat gave it: the idempotency key and those of dead letters.</summary>
    /// <param name="encoded">Headers as <see cref="LogRecord.EncodedHeaders"/> has them.</param>
    public RecordHeaders AddOwn(ReadOnlySpan<byte> encoded)
    {
        fixed (byte* start = encoded)
        {
            foreach (var header in new HeaderEnumerator(start, start + encoded.Length, int.MaxValue))
            {
                if (!header.Name.SequenceEqual("leat-idempotency-key"u8) && !header.Name.StartsWith("leat-dlq-"u8)) Add(header.Name, header.Value);
            }
        }
        return this;
    }

    /// <summary>Adds all headers of <paramref name="others"/>.</summary>
    public RecordHeaders AddAll(RecordHeaders others)
    {
        Reserve(others._size);
        others.Encoded.CopyTo(_bytes.AsSpan(_size));
        (Count, _size) = (Count + others.Count, _size + others._size);
        return this;
    }

    /// <summary>Forgets all headers and keeps the memory.</summary>
    public void Clear() => (Count, _size) = (0, 0);

    private static bool Skip(ref byte* at, byte* end)
    {
        if (!Varint.TryRead(ref at, end, out var length) || length > end - at) return false;
        at += Math.Max(0, length);
        return true;
    }

    private static byte* Write(byte* at, ReadOnlySpan<byte> bytes)
    {
        at = Varint.Write(at, bytes.Length);
        bytes.CopyTo(new Span<byte>(at, bytes.Length));
        return at + bytes.Length;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _size < more) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _size + more));
    }
}
