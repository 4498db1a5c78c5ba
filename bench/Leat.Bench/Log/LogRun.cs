namespace Leat.Bench.Log;

/// <summary>One run of everything.</summary>
/// <param name="AppendPerSecond">Records a second with an fsync per group.</param>
/// <param name="AppendIntervalPerSecond">Records a second with an fsync every 100 ms.</param>
/// <param name="Read">Reading with one reader a partition.</param>
/// <param name="ReadOne">Reading one partition.</param>
/// <param name="Faults">Records read back that were not what was written, or missing.</param>
internal sealed record LogRun(double AppendPerSecond, double AppendIntervalPerSecond, ReadRun Read, ReadRun ReadOne, long Faults)
{
    public double OpenMs { get; init; }

    public bool OpenComplete { get; init; }

    public CollectorRun? Collector { get; init; }

    public KafkaRun? KafkaPort { get; init; }

    public KafkaRun? KafkaMock { get; init; }

    public PeerRun? RedisSecond { get; init; }

    public PeerRun? RedisAlways { get; init; }

    public PeerRun? Postgres { get; init; }
}
