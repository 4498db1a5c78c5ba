using System.Text;

namespace Leat.Log;

/// <summary>Collects records and encodes them as one Kafka record batch v2. Reusable after <see cref="Clear"/>; not thread-safe, and closed to changes while an append of it is under way.</summary>
public sealed unsafe class RecordBatchBuilder
{
    private const int FirstCapacity = 4096;
    private byte[] _buffer = new byte[FirstCapacity];
    private int _size = BatchHeader.Size;
    private int _firstHeadersAt;
    private int _firstHeaderCount;
    private int _firstEnd;
    private long _baseTimestampMs;
    private long _maxTimestampMs;
    private bool _appending;

    /// <summary>Records collected.</summary>
    public int Count { get; private set; }

    /// <summary>Encoded size so far, in bytes, header of the batch included.</summary>
    public int SizeBytes => _size;

    /// <summary>Whether a record has no key.</summary>
    internal bool HasKeyless { get; private set; }

    /// <summary>Adds a record without headers.</summary>
    /// <param name="timestampMs">Record time, epoch milliseconds.</param>
    /// <param name="key">Key; empty = none.</param>
    /// <param name="value">Value.</param>
    public void Add(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Encode(timestampMs, key, value, false, default);

    /// <summary>Adds a record with headers (name, UTF-8 value).</summary>
    /// <exception cref="ArgumentException">A header is named <see cref="WellKnownHeaders.IdempotencyKey"/>, which only the log may write.</exception>
    public void Add(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ReadOnlySpan<KeyValuePair<string, string>> headers) => Encode(timestampMs, key, value, false, new HeaderSource(headers, null));

    /// <summary>Adds a record with headers that were encoded before.</summary>
    public void Add(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, RecordHeaders headers) => Encode(timestampMs, key, value, false, new HeaderSource([], headers));

    /// <summary>Adds a record whose value is null, with headers that were encoded before.</summary>
    public void AddTombstone(long timestampMs, ReadOnlySpan<byte> key, RecordHeaders headers) => Encode(timestampMs, key, [], true, new HeaderSource([], headers));

    /// <summary>Adds a record whose value is null: a deletion, or a record that is all headers.</summary>
    public void AddTombstone(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<KeyValuePair<string, string>> headers) => Encode(timestampMs, key, [], true, new HeaderSource(headers, null));

    /// <summary>Forgets all records and keeps the memory.</summary>
    public void Clear()
    {
        RefuseWhileAppending();
        _size = BatchHeader.Size;
        Count = 0;
        HasKeyless = false;
    }

    /// <summary>The finished batch, with the idempotency key on its first record. The builder is closed until <see cref="EndAppend"/>.</summary>
    internal EncodedBatch BeginAppend(string? idempotencyKey)
    {
        RefuseWhileAppending();
        if (Count == 0) throw new InvalidOperationException("a batch needs at least one record");
        _appending = true;
        var first = _buffer.AsMemory(0, _size);
        ReadOnlyMemory<byte> rest = default;
        if (idempotencyKey is not null)
        {
            first = FirstRecordWithKey(idempotencyKey);
            rest = _buffer.AsMemory(_firstEnd, _size - _firstEnd);
        }
        var header = new BatchHeader(0, first.Length + rest.Length - BatchHeader.BeforeLength, 0, 2, 0, 0, Count - 1)
        {
            BaseTimestampMs = _baseTimestampMs,
            MaxTimestampMs = _maxTimestampMs,
            Count = Count,
        };
        header.Write(first.Span);
        BatchHeader.WriteCrc(first.Span, rest.Span);
        return new EncodedBatch(first, rest, header);
    }

    /// <summary>Opens the builder again.</summary>
    /// <param name="stillWriting">The log may still read the memory: go on with a copy.</param>
    internal void EndAppend(bool stillWriting)
    {
        if (stillWriting) _buffer = _buffer.AsSpan().ToArray();
        _appending = false;
    }

    private void RefuseWhileAppending()
    {
        if (_appending) throw new InvalidOperationException("the builder is being appended; wait for the append or use a second builder");
    }

    private void Encode(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool tombstone, HeaderSource headers)
    {
        RefuseWhileAppending();
        if (Count == 0) (_baseTimestampMs, _maxTimestampMs) = (timestampMs, timestampMs);
        var delta = timestampMs - _baseTimestampMs;
        var keyLength = key.IsEmpty ? -1 : key.Length;
        var valueLength = tombstone ? -1 : value.Length;
        var body = 1 + Varint.SizeOf(delta) + Varint.SizeOf(Count) + Varint.SizeOf(keyLength) + key.Length + Varint.SizeOf(valueLength) + value.Length
            + Varint.SizeOf(headers.Count) + headers.SizeBytes;
        Reserve(body + Varint.MaxBytes);
        fixed (byte* start = _buffer)
        {
            var at = Varint.Write(start + _size, body);
            *at++ = 0;
            at = Varint.Write(at, delta);
            at = Varint.Write(at, Count);
            at = Copy(Varint.Write(at, keyLength), key);
            at = Copy(Varint.Write(at, valueLength), value);
            if (Count == 0) (_firstHeadersAt, _firstHeaderCount) = ((int)(at - start), headers.Count);
            at = headers.Write(Varint.Write(at, headers.Count));
            _size = (int)(at - start);
        }
        HasKeyless |= keyLength < 0;
        if (Count++ == 0) _firstEnd = _size;
        if (timestampMs > _maxTimestampMs) _maxTimestampMs = timestampMs;
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _size >= more) return;
        var grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(_buffer.Length * 2L, (long)_size + more)));
        _buffer.AsSpan(0, _size).CopyTo(grown);
        _buffer = grown;
    }

    /// <summary>Space for the batch header and the first record, encoded again with one more header.</summary>
    private Memory<byte> FirstRecordWithKey(string idempotencyKey)
    {
        KeyValuePair<string, string>[] keyHeader = [new(WellKnownHeaders.IdempotencyKey, idempotencyKey)];
        var room = BatchHeader.Size + (_firstEnd - BatchHeader.Size) + SizeWithout(keyHeader) + (2 * Varint.MaxBytes);
        var bytes = new byte[room];
        fixed (byte* source = _buffer)
        fixed (byte* start = bytes)
        {
            var fields = source + BatchHeader.Size;
            if (!Varint.TryRead(ref fields, source + _firstEnd, out _)) throw new InvalidOperationException("the first record is not readable");
            var headers = source + _firstHeadersAt;
            if (!Varint.TryRead(ref headers, source + _firstEnd, out _)) throw new InvalidOperationException("the first record is not readable");
            var before = new ReadOnlySpan<byte>(fields, (int)(source + _firstHeadersAt - fields));
            var encodedHeaders = new ReadOnlySpan<byte>(headers, (int)(source + _firstEnd - headers));
            var body = before.Length + Varint.SizeOf(_firstHeaderCount + 1) + SizeWithout(keyHeader) + encodedHeaders.Length;
            var at = Copy(Varint.Write(start + BatchHeader.Size, body), before);
            at = WriteUnchecked(Varint.Write(at, _firstHeaderCount + 1), keyHeader);
            at = Copy(at, encodedHeaders);
            return bytes.AsMemory(0, (int)(at - start));
        }
    }

    private static int SizeOf(ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, _) in headers)
        {
            if (name == WellKnownHeaders.IdempotencyKey) throw new ArgumentException($"the header '{name}' is written by the log: pass the key to AppendAsync", nameof(headers));
        }
        return SizeWithout(headers);
    }

    private static int SizeWithout(ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        var size = 0;
        foreach (var (name, value) in headers)
        {
            var (nameBytes, valueBytes) = (Encoding.UTF8.GetByteCount(name), Encoding.UTF8.GetByteCount(value));
            size += Varint.SizeOf(nameBytes) + nameBytes + Varint.SizeOf(valueBytes) + valueBytes;
        }
        return size;
    }

    private static byte* WriteUnchecked(byte* at, ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers) at = WriteText(WriteText(at, name), value);
        return at;
    }

    private static byte* WriteText(byte* at, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        at = Varint.Write(at, length);
        _ = Encoding.UTF8.GetBytes(text, new Span<byte>(at, length));
        return at + length;
    }

    private static byte* Copy(byte* at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(at, bytes.Length));
        return at + bytes.Length;
    }

    /// <summary>Headers to encode, or encoded before.</summary>
    private readonly ref struct HeaderSource(ReadOnlySpan<KeyValuePair<string, string>> texts, RecordHeaders? encoded)
    {
        private readonly ReadOnlySpan<KeyValuePair<string, string>> _texts = texts;

        public int Count => encoded is null ? _texts.Length : encoded.Count;

        public int SizeBytes => encoded is not null ? encoded.Encoded.Length : _texts.IsEmpty ? 0 : SizeOf(_texts);

        public byte* Write(byte* at) => encoded is not null ? Copy(at, encoded.Encoded) : _texts.IsEmpty ? at : WriteUnchecked(at, _texts);
    }
}
