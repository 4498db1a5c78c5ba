using System.Runtime.InteropServices;
using System.Text;

namespace Leat.Conformance;

/// <summary>librdkafka's own mock cluster: real brokers on the wire, in memory, without admin calls; topics are made here.</summary>
public sealed partial class MockCluster : IDisposable
{
    private const string Library = "librdkafka.so.1";
    private const int Producer = 0;
    private const short ProduceKey = 0;
    private readonly nint _client;
    private readonly nint _cluster;

    public MockCluster(int brokers = 1)
    {
        var error = new byte[512];
        _client = New(Producer, ConfNew(), error, error.Length);
        if (_client == 0) throw new InvalidOperationException(Encoding.UTF8.GetString(error));
        _cluster = ClusterNew(_client, brokers);
        Bootstrap = Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;
    }

    public string Bootstrap { get; }

    public void CreateTopic(string topic, int partitions)
    {
        var error = TopicCreate(_cluster, topic, partitions, 1);
        if (error != 0) throw new InvalidOperationException($"the mock cluster refused topic {topic}: error {error}");
    }

    /// <summary>The next produce requests are answered so, one after the other; numbers are Kafka's error codes.</summary>
    public void ProduceErrors(params int[] errors) => PushErrors(_cluster, ProduceKey, errors.Length, errors);

    public void BrokerDown(int broker) => Check(SetDown(_cluster, broker));

    public void BrokerUp(int broker) => Check(SetUp(_cluster, broker));

    public void Dispose()
    {
        ClusterDestroy(_cluster);
        Destroy(_client);
    }

    private static void Check(int error)
    {
        if (error != 0) throw new InvalidOperationException($"the mock cluster answered {error}");
    }

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static partial nint ConfNew();

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    private static partial nint New(int type, nint conf, byte[] error, nint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static partial nint ClusterNew(nint client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static partial void ClusterDestroy(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial nint Bootstraps(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int TopicCreate(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    private static partial void PushErrors(nint cluster, short key, nint count, int[] errors);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(nint cluster, int broker);
}
