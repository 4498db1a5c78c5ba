namespace Leat.Bench.Log;

/// <summary>How much is done in a run.</summary>
internal sealed record LogScale
{
    public static LogScale Quick { get; } = new() { Runs = 3, Records = 1_000_000, PeerRecords = 160_000, KafkaRecords = 300_000, Events = 200_000, PacedSeconds = 2, SegmentBytes = 64 << 10 };

    public static LogScale Full { get; } = new() { Runs = 5, Records = 6_000_000, PeerRecords = 800_000, KafkaRecords = 2_000_000, Events = 1_600_000, PacedSeconds = 10, SegmentBytes = 1 << 20 };

    /// <summary>Counted runs; one more before them warms up.</summary>
    public required int Runs { get; init; }

    /// <summary>Records appended and read in the process.</summary>
    public required long Records { get; init; }

    /// <summary>Records that each peer takes and gives back.</summary>
    public required long PeerRecords { get; init; }

    /// <summary>Records that a Kafka client produces, and again produces and consumes.</summary>
    public required long KafkaRecords { get; init; }

    /// <summary>Events sent to the collector as fast as it takes them.</summary>
    public required long Events { get; init; }

    /// <summary>How long events are sent at a fixed rate.</summary>
    public required int PacedSeconds { get; init; }

    /// <summary>Size of each of the segments that are opened.</summary>
    public required int SegmentBytes { get; init; }
}
