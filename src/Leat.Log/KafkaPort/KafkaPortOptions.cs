using System.Net;

namespace Leat.Log;

/// <summary>Settings of the Kafka port, section <c>Leat:Log</c> (<c>log.kafka_port</c> in leat.yml). In brackets the name of a similar setting of a Kafka broker.</summary>
public sealed class KafkaPortOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = EmbeddedLogOptions.Section;

    /// <summary>TCP port; 0 = any free one; null = the port stays closed, which is the default.</summary>
    public int? KafkaPort { get; set; }

    /// <summary>IP address to listen at. Default 127.0.0.1; others need <see cref="KafkaUsers"/>.</summary>
    public string KafkaAddress { get; set; } = "127.0.0.1";

    /// <summary>Host that clients are told to connect to [advertised.listeners]; null = <see cref="KafkaAddress"/>.</summary>
    public string? KafkaAdvertisedHost { get; set; }

    /// <summary>Port that clients are told to connect to; null = the port listened at.</summary>
    public int? KafkaAdvertisedPort { get; set; }

    /// <summary>Users who may log in (SASL PLAIN, SCRAM-SHA-256, SCRAM-SHA-512). Empty = everybody without login, which is the default.</summary>
    public IList<KafkaUser> KafkaUsers { get; } = [];

    /// <summary>Whether a topic that a client asks for is made when it is missing [auto.create.topics.enable]. Default yes.</summary>
    public bool KafkaAutoCreate { get; set; } = true;

    /// <summary>Partitions of such a topic [num.partitions]. Default 4; 1 to 1,024.</summary>
    public int KafkaPartitions { get; set; } = 4;

    /// <summary>Connections at a time; further ones are closed at once. Default 500; 1 to 10,000.</summary>
    public int KafkaMaxConnections { get; set; } = 500;

    /// <summary>Largest request [socket.request.max.bytes]. Default 100 MB; 1 MB to 1 GB. Requests without records may have 8 MB, before login 64 KB.</summary>
    public int KafkaMaxRequestBytes { get; set; } = 100 << 20;

    /// <summary>Bytes of requests of one connection that may be under way; the next is read when there is room. Default 32 MB; 1 MB to 1 GB. A larger single request is taken alone.</summary>
    public int KafkaInFlightBytes { get; set; } = 32 << 20;

    /// <summary>The same over all connections. Default 256 MB; 1 MB to 16 GB.</summary>
    public long KafkaTotalInFlightBytes { get; set; } = 256 << 20;

    /// <summary>Most record bytes in one answer, whatever the client asks for [fetch.max.bytes]. Default 32 MB; 1 MB to 1 GB.</summary>
    public int KafkaMaxFetchBytes { get; set; } = 32 << 20;

    /// <summary>A connection without traffic for so long is closed [connections.max.idle.ms]. Default 10 min; 1 s to 1 day.</summary>
    public TimeSpan KafkaIdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What is wrong with the settings, or null.</summary>
    public string? Problem() =>
        (KafkaPort is { } port ? Range(nameof(KafkaPort), port, 0, 65_535) : null)
        ?? (KafkaAdvertisedPort is { } advertised ? Range(nameof(KafkaAdvertisedPort), advertised, 1, 65_535) : null)
        ?? (IPAddress.TryParse(KafkaAddress, out _) ? null : $"{Section}:{nameof(KafkaAddress)} is '{KafkaAddress}'; it must be an IP address such as 127.0.0.1.")
        ?? Range(nameof(KafkaPartitions), KafkaPartitions, 1, 1024)
        ?? Range(nameof(KafkaMaxConnections), KafkaMaxConnections, 1, 10_000)
        ?? Range(nameof(KafkaMaxRequestBytes), KafkaMaxRequestBytes, 1 << 20, 1 << 30)
        ?? Range(nameof(KafkaInFlightBytes), KafkaInFlightBytes, 1 << 20, 1 << 30)
        ?? Range(nameof(KafkaTotalInFlightBytes), KafkaTotalInFlightBytes, 1L << 20, 16L << 30)
        ?? Range(nameof(KafkaMaxFetchBytes), KafkaMaxFetchBytes, 1 << 20, 1 << 30)
        ?? Range(nameof(KafkaIdleTimeout), KafkaIdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))
        ?? UserProblem();

    private string? UserProblem()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var user in KafkaUsers)
        {
            if (user.Name.Length == 0 || user.Password.Length == 0) return $"{Section}:{nameof(KafkaUsers)} holds a user without name or password; each needs both.";
            if (!names.Add(user.Name)) return $"{Section}:{nameof(KafkaUsers)} names '{user.Name}' twice; each user stands once.";
        }
        return null;
    }

    private static string? Range<T>(string name, T value, T from, T to)
        where T : IComparable<T> =>
        value.CompareTo(from) >= 0 && value.CompareTo(to) <= 0 ? null : $"{Section}:{name} is {value}; it must be between {from} and {to}.";
}
