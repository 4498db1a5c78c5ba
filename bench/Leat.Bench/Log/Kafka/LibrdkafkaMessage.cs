using System.Runtime.InteropServices;

namespace Leat.Bench.Log;

/// <summary>rd_kafka_message_t of librdkafka 1 and 2.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LibrdkafkaMessage
{
    public int Error;
    public nint Topic;
    public int Partition;
    public byte* Payload;
    public nuint Length;
    public byte* Key;
    public nuint KeyLength;
    public long Offset;
    public nint Private;
}
