namespace Leat.Log;

/// <summary>Settings of the log on a Kafka cluster, section <c>Leat:Log:Kafka</c>. With <see cref="Bootstrap"/> the cluster takes the place of the embedded log.</summary>
public sealed class KafkaLogOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Leat:Log:Kafka";

    private const string SecretHint = "it is a secret: write env:NAME or file:PATH.";

    // What the promises of IEventLog rest on is not for settings to change.
    private static readonly string[] Own =
    [
        "bootstrap.servers", "metadata.broker.list", "group.id", "group.instance.id", "transactional.id", "transaction.timeout.ms", "enable.idempotence", "acks", "request.required.acks", "linger.ms",
        "queue.buffering.max.ms", "queue.buffering.max.messages", "queue.buffering.max.kbytes", "batch.num.messages", "batch.size", "message.max.bytes", "message.timeout.ms", "delivery.timeout.ms",
        "isolation.level", "enable.auto.commit", "auto.commit.enable", "enable.auto.offset.store", "auto.offset.reset", "enable.partition.eof", "allow.auto.create.topics", "statistics.interval.ms",
        "queued.max.messages.kbytes", "partition.assignment.strategy", "session.timeout.ms", "check.crcs", "test.mock.num.brokers",
    ];

    private static readonly string[] Secret = ["sasl.password", "ssl.key.password", "ssl.key.pem", "ssl.keystore.password", "sasl.oauthbearer.client.secret"];

    /// <summary>Addresses to begin with, <c>host:port,host:port</c>; empty = the embedded log, which is the default.</summary>
    public string Bootstrap { get; set; } = "";

    /// <summary>More settings of librdkafka by their own names (<c>security.protocol</c>, <c>sasl.mechanism</c>, <c>ssl.ca.location</c>, <c>compression.type</c> ...). A value <c>env:NAME</c> or <c>file:PATH</c> is looked up as a secret; passwords can only be written so.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Largest batch. Default 900 KB, which fits the 1 MB that a Kafka broker takes by default; 64 KB to 256 MB.</summary>
    public int MaxBatchBytes { get; set; } = 900 << 10;

    /// <summary>Bytes of appends under way; further ones wait. Default 64 MB; at least <see cref="MaxBatchBytes"/>, at most 1 GB.</summary>
    public int InFlightBytes { get; set; } = 64 << 20;

    /// <summary>Bytes that a reader or a group consumer fetches ahead. Default 8 MB; 1 MB to 1 GB.</summary>
    public int ReadAheadBytes { get; set; } = 8 << 20;

    /// <summary>Newest records of a partition whose idempotency keys are known after a start. Default 200,000; 0 to 10,000,000.</summary>
    public int IdempotencyRecords { get; set; } = 200_000;

    /// <summary>Copies of new topics; 0 = as the cluster says, which is the default; 0 to 32.</summary>
    public int Replicas { get; set; }

    /// <summary>How long a question to the cluster may take. Default 15 s; 1 s to 5 min.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an append is tried. Default 1 min; 2 s to 15 min.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often librdkafka's figures go into the metrics. Default 15 s; zero = never, at most 1 h.</summary>
    public TimeSpan StatisticsInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether a cluster is named.</summary>
    public bool IsSet => Bootstrap.Length > 0;

    /// <summary>What is wrong with the settings, or null. Never names a value that may be a secret.</summary>
    public string? Problem() => IsSet
        ? Range(nameof(MaxBatchBytes), MaxBatchBytes, 64 << 10, 256 << 20)
            ?? Range(nameof(InFlightBytes), InFlightBytes, MaxBatchBytes, 1 << 30)
            ?? Range(nameof(ReadAheadBytes), ReadAheadBytes, 1 << 20, 1 << 30)
            ?? Range(nameof(IdempotencyRecords), IdempotencyRecords, 0, 10_000_000)
            ?? Range(nameof(Replicas), Replicas, 0, 32)
            ?? Range(nameof(RequestTimeout), RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5))
            ?? Range(nameof(DeliveryTimeout), DeliveryTimeout, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(15))
            ?? Range(nameof(StatisticsInterval), StatisticsInterval, TimeSpan.Zero, TimeSpan.FromHours(1))
            ?? Settings.Keys.Select(k => SettingProblem(k.ToLowerInvariant(), Settings[k])).FirstOrDefault(p => p is not null)
        : null;

    private static string? SettingProblem(string name, string value)
    {
        if (Own.Contains(name)) return $"{Section}:Settings:{name} cannot be set: Leat's promises rest on it.";
        return Secret.Contains(name) && !IsReference(value) ? $"{Section}:Settings:{name} has a value; {SecretHint}" : null;
    }

    /// <summary>Whether the value is to be looked up.</summary>
    internal static bool IsReference(string value) => value.StartsWith("env:", StringComparison.Ordinal) || value.StartsWith("file:", StringComparison.Ordinal);

    private static string? Range<T>(string name, T value, T from, T to)
        where T : IComparable<T> =>
        value.CompareTo(from) >= 0 && value.CompareTo(to) <= 0 ? null : $"{Section}:{name} is {value}; it must be between {from} and {to}.";
}
