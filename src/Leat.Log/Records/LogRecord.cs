using System.Text;
using Leat.Core;
using Utf8Text = Leat.Core.Text;

namespace Leat.Log;

/// <summary>A record in a block; valid until the block is disposed. Its memory does not move, so a <see cref="Utf8Text"/> may point into it.</summary>
public readonly unsafe ref struct LogRecord
{
    private readonly byte* _key;
    private readonly byte* _value;
    private readonly byte* _headers;
    private readonly int _keyLength;
    private readonly int _valueLength;
    private readonly int _headersLength;

    internal LogRecord(long offset, long timestampMs, RecordFields fields)
    {
        Offset = offset;
        TimestampMs = timestampMs;
        _key = fields.Key;
        _keyLength = fields.KeyLength;
        _value = fields.Value;
        _valueLength = fields.ValueLength;
        _headers = fields.Headers;
        _headersLength = fields.HeadersLength;
        HeaderCount = fields.HeaderCount;
    }

    /// <summary>Position in the partition.</summary>
    public long Offset { get; }

    /// <summary>Record time, epoch milliseconds.</summary>
    public long TimestampMs { get; }

    /// <summary>Key; empty when there is none.</summary>
    public ReadOnlySpan<byte> Key => new(_key, Math.Max(0, _keyLength));

    /// <summary>Whether there is a key, perhaps an empty one.</summary>
    public bool HasKey => _keyLength >= 0;

    /// <summary>Value; empty when there is none (see <see cref="IsTombstone"/>).</summary>
    public ReadOnlySpan<byte> Value => new(_value, Math.Max(0, _valueLength));

    /// <summary>First byte of the value; <see cref="ValueLength"/> of them are valid until the block is disposed.</summary>
    public byte* ValuePointer => _value;

    /// <summary>Bytes of the value.</summary>
    public int ValueLength => Math.Max(0, _valueLength);

    /// <summary>Key as a view into the block.</summary>
    public Utf8Text KeyText => new(_key, Math.Max(0, _keyLength));

    /// <summary>Value as a view into the block.</summary>
    public Utf8Text ValueText => new(_value, Math.Max(0, _valueLength));

    /// <summary>The value is null rather than empty.</summary>
    public bool IsTombstone => _valueLength < 0;

    /// <summary>Number of headers; decoded on demand.</summary>
    public int HeaderCount { get; }

    /// <summary>Value of the first header of that name, or false. Costs a scan of the headers.</summary>
    public bool TryGetHeader(string name, out string value)
    {
        foreach (var header in Headers)
        {
            if (!header.NameEquals(name)) continue;
            value = Encoding.UTF8.GetString(header.Value);
            return true;
        }
        value = "";
        return false;
    }

    /// <summary>Headers as they are stored, without their count.</summary>
    public ReadOnlySpan<byte> EncodedHeaders => new(_headers, _headersLength);

    /// <summary>Headers in the order they were added; decoded without allocation.</summary>
    public HeaderEnumerator Headers => new(_headers, _headers + _headersLength, HeaderCount);
}
