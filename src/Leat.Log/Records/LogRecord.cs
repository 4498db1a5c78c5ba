using System.Text;
using Leat.Core;
using Utf8Text = Leat.Core.Text;

namespace Leat.Log;

/// <summary>A record in a block; valid until the block is disposed. Its memory does not move, so a <see cref="Utf8Text"/> may point into it.</summary>
public unsafe ref struct LogRecord
{
    /// <summary>Filled in place by the walk over a block: copying it a record would cost as much as reading it.</summary>
    internal RecordFields Fields;

    internal LogRecord(long offset, long timestampMs, in RecordFields fields) => (Offset, TimestampMs, Fields) = (offset, timestampMs, fields);

    /// <summary>Position in the partition.</summary>
    public long Offset { readonly get; internal set; }

    /// <summary>Record time, epoch milliseconds.</summary>
    public long TimestampMs { readonly get; internal set; }

    /// <summary>Key; empty when there is none.</summary>
    public readonly ReadOnlySpan<byte> Key => new(Fields.Key, Math.Max(0, Fields.KeyLength));

    /// <summary>Whether there is a key, perhaps an empty one.</summary>
    public readonly bool HasKey => Fields.KeyLength >= 0;

    /// <summary>Value; empty when there is none (see <see cref="IsTombstone"/>).</summary>
    public readonly ReadOnlySpan<byte> Value => new(Fields.Value, Math.Max(0, Fields.ValueLength));

    /// <summary>First byte of the key; <see cref="KeyLength"/> of them are valid until the block is disposed.</summary>
    public readonly byte* KeyPointer => Fields.Key;

    /// <summary>Bytes of the key.</summary>
    public readonly int KeyLength => Math.Max(0, Fields.KeyLength);

    /// <summary>First byte of the value; <see cref="ValueLength"/> of them are valid until the block is disposed.</summary>
    public readonly byte* ValuePointer => Fields.Value;

    /// <summary>Bytes of the value.</summary>
    public readonly int ValueLength => Math.Max(0, Fields.ValueLength);

    /// <summary>Key as a view into the block.</summary>
    public readonly Utf8Text KeyText => new(Fields.Key, Math.Max(0, Fields.KeyLength));

    /// <summary>Value as a view into the block.</summary>
    public readonly Utf8Text ValueText => new(Fields.Value, Math.Max(0, Fields.ValueLength));

    /// <summary>The value is null rather than empty.</summary>
    public readonly bool IsTombstone => Fields.ValueLength < 0;

    /// <summary>Number of headers; decoded on demand.</summary>
    public readonly int HeaderCount => Fields.HeaderCount;

    /// <summary>Value of the first header of that name, or false. Costs a scan of the headers.</summary>
    public readonly bool TryGetHeader(string name, out string value)
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
    public readonly ReadOnlySpan<byte> EncodedHeaders => new(Fields.Headers, Fields.HeadersLength);

    /// <summary>Headers in the order they were added; decoded without allocation.</summary>
    public readonly HeaderEnumerator Headers => new(Fields.Headers, Fields.Headers + Fields.HeadersLength, HeaderCount);
}
