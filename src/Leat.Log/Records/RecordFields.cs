using System.Runtime.CompilerServices;

namespace Leat.Log;

/// <summary>Where the parts of one encoded record are.</summary>
internal unsafe struct RecordFields
{
    public byte* Key;
    public byte* Value;
    public byte* Headers;
    public int KeyLength;
    public int ValueLength;
    public int HeadersLength;
    public int HeaderCount;
    public int OffsetDelta;
    public long TimestampDelta;

    /// <summary>Decodes the record at <paramref name="at"/> and moves to the next; false when a length does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte* at, byte* end, out RecordFields fields)
    {
        Unsafe.SkipInit(out fields);
        var next = at;
        if (!Varint.TryRead(ref next, end, out var length) || length < 6 || length > end - next) return false;
        var recordEnd = next + length;
        next++;
        if (!Varint.TryRead(ref next, recordEnd, out fields.TimestampDelta) || !Varint.TryRead(ref next, recordEnd, out var offsetDelta)) return false;
        if (!TryBytes(ref next, recordEnd, out fields.Key, out fields.KeyLength) || !TryBytes(ref next, recordEnd, out fields.Value, out fields.ValueLength)) return false;
        if (!Varint.TryRead(ref next, recordEnd, out var headerCount)) return false;
        fields.OffsetDelta = (int)offsetDelta;
        fields.HeaderCount = (int)headerCount;
        if (fields.OffsetDelta != offsetDelta || fields.HeaderCount != headerCount) return false;
        fields.Headers = next;
        fields.HeadersLength = (int)(recordEnd - next);
        at = recordEnd;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryBytes(ref byte* at, byte* end, out byte* bytes, out int length)
    {
        bytes = null;
        length = 0;
        if (!Varint.TryRead(ref at, end, out var size) || size > end - at || size < -1) return false;
        bytes = at;
        length = (int)size;
        if (size > 0) at += size;
        return true;
    }
}
