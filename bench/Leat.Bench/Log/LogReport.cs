using System.Collections.Immutable;

namespace Leat.Bench.Log;

/// <summary>Figures and checks of all runs.</summary>
internal static class LogReport
{
    private const string RedisAlways = "redis streams, appendfsync always";
    private const string RedisSecond = "redis streams, appendfsync everysec";
    private const string Postgres = "postgresql, binary COPY of 500 rows a transaction";

    public static BenchReport Of(LogScale scale, ImmutableArray<LogRun> runs, BenchCheck segments)
    {
        var append = Figure("append_records_per_second", "1/s", r => r.AppendPerSecond);
        var interval = Figure("append_interval_records_per_second", "1/s", r => r.AppendIntervalPerSecond);
        var read = Figure("read_records_per_second", "1/s", r => r.Read.Records / r.Read.Seconds);
        return new BenchReport(
            "log",
            [
                Against(append, RedisAlways, r => r.RedisAlways?.AppendPerSecond),
                Against(append with { Name = "append_records_per_second_postgresql" }, Postgres, r => r.Postgres?.AppendPerSecond),
                Against(interval, RedisSecond, r => r.RedisSecond?.AppendPerSecond),
                Against(read, RedisSecond + ", XRANGE", r => r.RedisSecond?.ReadPerSecond),
                Against(read with { Name = "read_records_per_second_postgresql" }, "postgresql, binary COPY TO", r => r.Postgres?.ReadPerSecond),
                Figure("read_bytes_per_second", "B/s", r => r.Read.Bytes / r.Read.Seconds),
                Figure("read_records_per_second_one_reader", "1/s", r => r.ReadOne.Records / r.ReadOne.Seconds),
                Figure("collector_events_per_second", "1/s", r => r.Collector!.EventsPerSecond),
                Figure("collector_events_per_second_server_core", "1/s", r => r.Collector!.EventsPerServerCore),
                Figure("collector_ack_p99_ms", "ms", r => r.Collector!.AckP99Ms),
                Figure("collector_ack_p50_ms", "ms", r => r.Collector!.AckP50Ms),
                .. KafkaFigures(runs),
                Figure("open_1000_segments_ms", "ms", r => r.OpenMs),
                Figure("rss_anon_mb", "MB", r => r.Collector!.AnonymousMb),
            ],
            [
                new BenchCheck("read_equals_written", runs.All(r => r.Faults == 0), Invariant($"{runs[0].Read.Records} records a run by count, order of each producer and every byte; {runs.Sum(r => r.Faults)} wrong")),
                new BenchCheck("collected_equals_sent", runs.All(r => r.Collector!.Faults == 0), Invariant($"{runs.Sum(r => r.Collector!.Sent)} events acknowledged, server killed, log read: {runs.Sum(r => r.Collector!.Faults)} missing, twice, out of order or changed")),
                new BenchCheck("collector_rate_held", runs.All(r => r.Collector!.PacedPerSecond >= CollectorRun.Rate * 0.97), Invariant($"acknowledgement measured at {runs.Min(r => r.Collector!.PacedPerSecond):f0} to {runs.Max(r => r.Collector!.PacedPerSecond):f0} events/s, asked for {CollectorRun.Rate}")),
                new BenchCheck("opened_complete", runs.All(r => r.OpenComplete), "first and last offset after each opening; nothing recovered or dropped"),
                segments,
                new BenchCheck("peers_equal_written", Peers(runs).All(p => p.Faults == 0), Invariant($"{Peers(runs).Count()} peer runs of {scale.PeerRecords} records; {Peers(runs).Sum(p => p.Faults)} wrong")),
                new BenchCheck("consumed_equals_produced", Kafka(r => r.KafkaPort).Concat(Kafka(r => r.KafkaMock)).All(r => r.Faults == 0), Invariant($"librdkafka, {scale.KafkaRecords} records a part, idempotent, acks=all; the port fsyncs, the mock cluster keeps records in memory: {Kafka(r => r.KafkaPort).Sum(r => r.Faults)} wrong from the port, {Kafka(r => r.KafkaMock).Sum(r => r.Faults)} from the mock cluster")),
                new BenchCheck("set_up", true, Invariant($"{AppendRun.Producers} producers, {AppendRun.Partitions} partitions (streams, tables), {LogInput.ValueBytes}-byte values, batches of {LogInput.BatchRecords}; the log in this process, peers over loopback; page cache warm for all; absent peers: {Absent(runs[0])}")),
            ]);

        IEnumerable<KafkaRun> Kafka(Func<LogRun, KafkaRun?> of) => runs.Select(of).OfType<KafkaRun>();

        BenchFigure Figure(string name, string unit, Func<LogRun, double> value) => BenchFigure.Of(name, unit, [.. runs.Select(value)]);

        BenchFigure Against(BenchFigure figure, string peer, Func<LogRun, double?> value) =>
            runs.All(r => value(r) is not null) ? figure.Against(peer, [.. runs.Select(r => value(r)!.Value)], higherIsBetter: true) : figure;
    }

    /// <summary>Each run's port against the same run's mock cluster; nothing where librdkafka is absent.</summary>
    private static IEnumerable<BenchFigure> KafkaFigures(ImmutableArray<LogRun> runs)
    {
        if (runs.Any(r => r.KafkaPort is null || r.KafkaMock is null)) yield break;
        foreach (var (name, value) in new (string, Func<KafkaRun, double>)[] { ("produce", r => r.ProducePerSecond), ("consume", r => r.ConsumePerSecond) })
        {
            yield return BenchFigure.Of($"kafka_port_{name}_ratio", "ratio", [.. runs.Select(r => value(r.KafkaPort!) / value(r.KafkaMock!))]);
            yield return BenchFigure.Of($"kafka_port_{name}_records_per_second", "1/s", [.. runs.Select(r => value(r.KafkaPort!))]).Against("librdkafka's mock cluster", [.. runs.Select(r => value(r.KafkaMock!))], higherIsBetter: true);
        }
    }

    private static IEnumerable<PeerRun> Peers(IEnumerable<LogRun> runs) => runs.SelectMany(r => new[] { r.RedisSecond, r.RedisAlways, r.Postgres }).OfType<PeerRun>();

    private static string Absent(LogRun run)
    {
        string[] absent = [.. new[] { (run.RedisAlways is null, "redis-server"), (run.Postgres is null, "postgresql"), (run.KafkaMock is null, "librdkafka") }.Where(p => p.Item1).Select(p => p.Item2)];
        return absent.Length == 0 ? "none" : string.Join(", ", absent);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
