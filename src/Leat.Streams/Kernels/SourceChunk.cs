using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Leat.Core;
using Leat.Log;
using Leat.Streams.Decoding;

namespace Leat.Streams.Kernels;

/// <summary>The log records of one chunk: addresses for the decoder, offsets and times for whoever has to name a record later. Valid while their block is alive.</summary>
internal sealed unsafe class SourceChunk(int capacity)
{
    public readonly RecordSlice[] Records = new RecordSlice[capacity];
    public readonly SourceRecord[] Origins = new SourceRecord[capacity];

    public int Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in LogRecord record)
    {
        var at = Count++;
        Records[at] = new RecordSlice((nint)record.ValuePointer, record.ValueLength, (nint)record.KeyPointer, record.KeyLength);
        ref var origin = ref Origins[at];
        var headers = record.EncodedHeaders;
        origin.Headers = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(headers));
        origin.HeadersLength = headers.Length;
        origin.Offset = record.Offset;
        origin.TimestampMs = record.TimestampMs;
        origin.IsTombstone = record.IsTombstone;
    }

    /// <summary>A record of which only the value is left, in memory that does not move.</summary>
    public void Add(ref readonly Text value, long offset, long timestampMs)
    {
        var at = Count++;
        Records[at] = new RecordSlice((nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(value.Bytes)), value.Length, 0, 0);
        Origins[at] = new SourceRecord { Offset = offset, TimestampMs = timestampMs };
    }

    /// <summary>Headers as the record has them, without their count.</summary>
    public ReadOnlySpan<byte> Headers(int index) => new((void*)Origins[index].Headers, Origins[index].HeadersLength);

    public byte[] Value(int index) => new ReadOnlySpan<byte>((void*)Records[index].Value, Records[index].ValueLength).ToArray();

    public byte[] Key(int index) => new ReadOnlySpan<byte>((void*)Records[index].Key, Records[index].KeyLength).ToArray();
}
