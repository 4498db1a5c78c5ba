using System.Diagnostics;

namespace Leat.Bench.Log;

/// <summary>Reads both partitions from their start and holds every record against what was sent. Owned by one thread.</summary>
internal sealed unsafe class KafkaConsumer : IDisposable
{
    private const int Room = 2_000;
    private const int WaitMs = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly LogInput _input;
    private readonly nint _client;
    private readonly nint _queue;
    private readonly long[] _next = new long[KafkaProducer.Partitions];
    private long _read;

    public KafkaConsumer(string bootstrap, string topic, LogInput input)
    {
        _input = input;
        _client = KafkaSettings.Client(
            Librdkafka.Consumer, ("bootstrap.servers", bootstrap), ("group.id", "bench"), ("enable.auto.commit", "false"), ("auto.offset.reset", "error"), ("fetch.wait.max.ms", "10"), ("queued.min.messages", "200000"));
        _ = Librdkafka.PollAsConsumer(_client);
        var partitions = Librdkafka.NewPartitions(KafkaProducer.Partitions);
        for (var p = 0; p < KafkaProducer.Partitions; p++)
        {
            _ = Librdkafka.AddPartition(partitions, topic, p);
            _ = Librdkafka.SetOffset(partitions, topic, p, 0);
        }
        _ = Librdkafka.Assign(_client, partitions);
        Librdkafka.DestroyPartitions(partitions);
        _queue = Librdkafka.ConsumerQueue(_client);
    }

    /// <summary>Records read; may be asked by any thread.</summary>
    public long Read => Volatile.Read(ref _read);

    /// <summary>Records that were out of order, twice, missing or not what was sent.</summary>
    public long Faults { get; private set; }

    /// <summary>Reads until so many records are there, or a minute passed without one: then what is missing counts as faults.</summary>
    public void ReadAll(long records)
    {
        var messages = stackalloc LibrdkafkaMessage*[Room];
        var last = Stopwatch.GetTimestamp();
        while (_read < records)
        {
            var got = Librdkafka.Consume(_queue, WaitMs, messages, Room);
            for (var i = 0; i < got; i++)
            {
                Look(messages[i]);
                Librdkafka.DestroyMessage(messages[i]);
            }
            if (got > 0) last = Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(last) < Patience) continue;
            Faults += records - _read;
            return;
        }
    }

    public void Dispose()
    {
        Librdkafka.DestroyQueue(_queue);
        _ = Librdkafka.CloseConsumer(_client);
        Librdkafka.Destroy(_client);
    }

    private void Look(LibrdkafkaMessage* message)
    {
        if (message->Error != 0)
        {
            Faults++;
            return;
        }
        var value = new ReadOnlySpan<byte>(message->Payload, (int)message->Length);
        var (partition, number) = LogInput.TagOf(value);
        if (partition != message->Partition || number != _next[partition]++ || !_input.IsIntact(value, number)) Faults++;
        Volatile.Write(ref _read, _read + 1);
    }
}
