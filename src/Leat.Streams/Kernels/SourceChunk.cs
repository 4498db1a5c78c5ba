using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Leat.Log;
using Leat.Streams.Decoding;

namespace Leat.Streams.Kernels;

/// <summary>The log records of one chunk: addresses for the decoder, offsets and times for whoever has to name a record later. Valid while their block is alive.</summary>
internal sealed unsafe class SourceChunk(int capacity)
{
    public readonly RecordSlice[] Records = new RecordSlice[capacity];
    public readonly long[] Offsets = new long[capacity];
    public readonly long[] TimestampsMs = new long[capacity];

    /// <summary>Watermark of the partition just before each record.</summary>
    public readonly long[] WatermarksBefore = new long[capacity];

    /// <summary>Which records have no value.</summary>
    public readonly bool[] AreTombstones = new bool[capacity];

    private readonly (nint At, int Length)[] _headers = new (nint, int)[capacity];

    public int Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in LogRecord record)
    {
        var at = Count++;
        Records[at] = new RecordSlice((nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(record.Value)), record.Value.Length,
            (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(record.Key)), record.Key.Length);
        var headers = record.EncodedHeaders;
        _headers[at] = ((nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(headers)), headers.Length);
        Offsets[at] = record.Offset;
        TimestampsMs[at] = record.TimestampMs;
        AreTombstones[at] = record.IsTombstone;
    }

    /// <summary>Headers as the record has them, without their count.</summary>
    public ReadOnlySpan<byte> Headers(int index) => new((void*)_headers[index].At, _headers[index].Length);

    public byte[] Value(int index) => new ReadOnlySpan<byte>((void*)Records[index].Value, Records[index].ValueLength).ToArray();

    public byte[] Key(int index) => new ReadOnlySpan<byte>((void*)Records[index].Key, Records[index].KeyLength).ToArray();
}
