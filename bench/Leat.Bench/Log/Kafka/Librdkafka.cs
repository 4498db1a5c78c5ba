using System.Runtime.InteropServices;

namespace Leat.Bench.Log;

/// <summary>The calls of librdkafka that the benchmark needs; the same client drives our port and the library's own mock cluster.</summary>
internal static unsafe partial class Librdkafka
{
    public const int Producer = 0;
    public const int Consumer = 1;
    public const int CopyAndBlock = 2 | 4;
    private const string Name = "librdkafka.so.1";

    /// <summary>Whether the library is on this machine.</summary>
    public static bool IsHere { get; } = NativeLibrary.TryLoad(Name, out _);

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint NewSettings();

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Set(nint settings, string name, string value, byte* error, nuint errorBytes);

    /// <summary>Takes the settings over when it succeeds.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_new")]
    public static partial nint New(int kind, nint settings, byte* error, nuint errorBytes);

    [LibraryImport(Name, EntryPoint = "rd_kafka_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewTopic(nint client, string topic, nint settings);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_destroy")]
    public static partial void DestroyTopic(nint topic);

    [LibraryImport(Name, EntryPoint = "rd_kafka_produce_batch")]
    public static partial int Produce(nint topic, int partition, int flags, LibrdkafkaMessage* messages, int count);

    [LibraryImport(Name, EntryPoint = "rd_kafka_flush")]
    public static partial int Flush(nint client, int timeoutMs);

    [LibraryImport(Name, EntryPoint = "rd_kafka_handle_mock_cluster")]
    public static partial nint MockCluster(nint client);

    [LibraryImport(Name, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    public static partial nint MockBootstraps(nint cluster);

    [LibraryImport(Name, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MockTopic(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_partition_list_new")]
    public static partial nint NewPartitions(int room);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_partition_list_add", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint AddPartition(nint list, string topic, int partition);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_partition_list_set_offset", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetOffset(nint list, string topic, int partition, long offset);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_partition_list_destroy")]
    public static partial void DestroyPartitions(nint list);

    [LibraryImport(Name, EntryPoint = "rd_kafka_assign")]
    public static partial int Assign(nint client, nint list);

    [LibraryImport(Name, EntryPoint = "rd_kafka_poll_set_consumer")]
    public static partial int PollAsConsumer(nint client);

    [LibraryImport(Name, EntryPoint = "rd_kafka_queue_get_consumer")]
    public static partial nint ConsumerQueue(nint client);

    [LibraryImport(Name, EntryPoint = "rd_kafka_queue_destroy")]
    public static partial void DestroyQueue(nint queue);

    [LibraryImport(Name, EntryPoint = "rd_kafka_consume_batch_queue")]
    public static partial nint Consume(nint queue, int timeoutMs, LibrdkafkaMessage** messages, nuint room);

    [LibraryImport(Name, EntryPoint = "rd_kafka_message_destroy")]
    public static partial void DestroyMessage(LibrdkafkaMessage* message);

    [LibraryImport(Name, EntryPoint = "rd_kafka_consumer_close")]
    public static partial int CloseConsumer(nint client);
}
