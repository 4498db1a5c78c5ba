using System.Globalization;
using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.Bench.Log;

/// <summary>An idempotent producer, by default of a broker, else of a mock cluster that lives in it. Owned by one thread.</summary>
internal sealed unsafe class KafkaProducer : IDisposable
{
    public const int Partitions = AppendRun.Partitions;

    /// <summary>Records that the client holds before it makes its user wait.</summary>
    public const int QueueRecords = 500_000;
    private const int FlushMs = 60_000;
    private readonly nint _client;
    private readonly nint _topic;
    private readonly byte[][] _patterns;
    private readonly long[] _next = new long[Partitions];

    /// <param name="bootstrap">Broker; null = a mock cluster with one.</param>
    /// <param name="topic">Topic with two partitions.</param>
    /// <param name="input">Values.</param>
    public KafkaProducer(string? bootstrap, string topic, LogInput input)
    {
        _client = KafkaSettings.Client(
            Librdkafka.Producer,
            ("enable.idempotence", "true"), ("log_level", "3"), ("linger.ms", "5"), ("queue.buffering.max.messages", QueueRecords.ToString(CultureInfo.InvariantCulture)), ("queue.buffering.max.kbytes", "1048576"),
            bootstrap is null ? ("test.mock.num.brokers", "1") : ("bootstrap.servers", bootstrap));
        Bootstrap = bootstrap ?? MockBootstrap(topic);
        _topic = Librdkafka.NewTopic(_client, topic, 0);
        _patterns = [.. Enumerable.Range(0, Partitions).Select(_ => input.CopyPatterns())];
    }

    /// <summary>Where a consumer connects to.</summary>
    public string Bootstrap { get; }

    /// <summary>Hands a batch for the partition to the client, which copies it; waits while the client's queue is full.</summary>
    public void Send(int partition)
    {
        var messages = stackalloc LibrdkafkaMessage[LogInput.BatchRecords];
        fixed (byte* values = _patterns[partition])
        {
            for (var slot = 0; slot < LogInput.BatchRecords; slot++)
            {
                _ = LogInput.Stamp(_patterns[partition], slot, partition, _next[partition] + slot);
                messages[slot] = new LibrdkafkaMessage { Payload = values + (slot * LogInput.ValueBytes), Length = LogInput.ValueBytes };
            }
            var taken = Librdkafka.Produce(_topic, partition, Librdkafka.CopyAndBlock, messages, LogInput.BatchRecords);
            if (taken != LogInput.BatchRecords) throw Failed($"{taken} of {LogInput.BatchRecords} records taken");
        }
        _next[partition] += LogInput.BatchRecords;
    }

    /// <summary>Waits until everything is acknowledged.</summary>
    public void Flush()
    {
        var error = Librdkafka.Flush(_client, FlushMs);
        if (error != 0) throw Failed($"error {error} of flush");
    }

    public void Dispose()
    {
        Librdkafka.DestroyTopic(_topic);
        Librdkafka.Destroy(_client);
    }

    private string MockBootstrap(string topic)
    {
        var cluster = Librdkafka.MockCluster(_client);
        var error = Librdkafka.MockTopic(cluster, topic, Partitions, 1);
        return error == 0 ? Marshal.PtrToStringUTF8(Librdkafka.MockBootstraps(cluster))! : throw Failed($"error {error} of the mock cluster");
    }

    private static LeatException Failed(string what) => new("LEAT7033", $"librdkafka's producer: {what}", "librdkafka", "run the benchmark again", Fault.External);
}
