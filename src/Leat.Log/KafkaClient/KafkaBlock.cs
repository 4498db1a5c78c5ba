using System.Text;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Writes consumed records as one record batch into native memory. Used once.</summary>
internal sealed unsafe class KafkaBlock(TopicPartition partition, int firstCapacity) : IDisposable
{
    private readonly UnpackedBuffer _buffer = Begin(firstCapacity);
    private long _baseOffset;
    private long _baseTimestampMs;
    private long _maxTimestampMs;
    private long _lastOffset;

    public int Count { get; private set; }

    public int SizeBytes => _buffer.Length;

    public TopicPartition Partition => partition;

    /// <summary>Whether a record at <paramref name="offset"/> fits the format.</summary>
    public bool CanHold(long offset) => Count == 0 || offset - _baseOffset < int.MaxValue;

    public void Add(Rd.ConsumeResult<KafkaPart, KafkaPart> record, KafkaScratch scratch)
    {
        var time = record.Message.Timestamp.UnixTimestampMs;
        if (Count == 0) (_baseOffset, _baseTimestampMs, _maxTimestampMs) = (record.Offset.Value, time, time);
        var (key, value) = (record.Message.Key, record.Message.Value);
        var (delta, offset) = (time - _baseTimestampMs, record.Offset.Value - _baseOffset);
        var headers = record.Message.Headers;
        var headerCount = headers?.Count ?? 0;
        var body = 1 + Varint.SizeOf(delta) + Varint.SizeOf(offset) + Varint.SizeOf(key.Length) + Math.Max(0, key.Length) + Varint.SizeOf(value.Length) + Math.Max(0, value.Length)
            + Varint.SizeOf(headerCount) + SizeOf(headers);
        var total = Varint.SizeOf(body) + body;
        fixed (byte* start = _buffer.Reserve(total))
        {
            var at = Varint.Write(start, body);
            *at++ = 0;
            at = Varint.Write(at, delta);
            at = Varint.Write(at, offset);
            at = Copy(Varint.Write(at, key.Length), scratch[key]);
            at = Copy(Varint.Write(at, value.Length), scratch[value]);
            at = Varint.Write(at, headerCount);
            for (var i = 0; i < headerCount; i++) at = Write(at, headers![i]);
        }
        _buffer.Advance(total);
        Count++;
        _lastOffset = record.Offset.Value;
        _maxTimestampMs = Math.Max(_maxTimestampMs, time);
    }

    /// <summary>The finished block, which owns the memory from now on.</summary>
    /// <param name="fromOffset">Where the reader stood.</param>
    /// <param name="toOffsetExcl">Where it stands now.</param>
    public RecordBlock Finish(long fromOffset, long toOffsetExcl)
    {
        var header = new BatchHeader(_baseOffset, _buffer.Length - BatchHeader.BeforeLength, 0, 2, 0, 0, Count == 0 ? 0 : (int)(_lastOffset - _baseOffset))
        {
            BaseTimestampMs = _baseTimestampMs,
            MaxTimestampMs = _maxTimestampMs,
            Count = Count,
        };
        header.Write(_buffer.At(0, BatchHeader.Size));
        var extent = new BlockExtent(_buffer.Length, fromOffset, toOffsetExcl, Count);
        return new RecordBlock(_buffer.Detach(), null, extent, partition.ToString());
    }

    public void Dispose() => _buffer.Dispose();

    private static UnpackedBuffer Begin(int capacity)
    {
        var buffer = new UnpackedBuffer(Math.Max(capacity, BatchHeader.Size), int.MaxValue - 1);
        buffer.Advance(BatchHeader.Size);
        return buffer;
    }

    private static int SizeOf(Rd.Headers? headers)
    {
        var size = 0;
        for (var i = 0; i < (headers?.Count ?? 0); i++)
        {
            var (name, value) = (Encoding.UTF8.GetByteCount(headers![i].Key), headers[i].GetValueBytes());
            size += Varint.SizeOf(name) + name + Varint.SizeOf(value?.Length ?? -1) + (value?.Length ?? 0);
        }
        return size;
    }

    private static byte* Write(byte* at, Rd.IHeader header)
    {
        var length = Encoding.UTF8.GetByteCount(header.Key);
        at = Varint.Write(at, length);
        _ = Encoding.UTF8.GetBytes(header.Key, new Span<byte>(at, length));
        var value = header.GetValueBytes();
        return Copy(Varint.Write(at + length, value?.Length ?? -1), value);
    }

    private static byte* Copy(byte* at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(at, bytes.Length));
        return at + bytes.Length;
    }
}
