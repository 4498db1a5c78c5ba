using System.Collections.Immutable;
using System.Globalization;
using Leat.Bench.Log;
using Leat.Log;

namespace Leat.Bench;

/// <summary>The event log: append and read in the process, events through the collector, opening, memory; with Redis streams and PostgreSQL COPY in the same run.</summary>
public sealed class LogBench(string launcher) : IBenchmark
{
    public string Name => "log";

    public string Summary => "event log: append, read, collector, opening, memory";

    public async Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct)
    {
        var scale = quick ? LogScale.Quick : LogScale.Full;
        var folder = Directory.CreateTempSubdirectory("leat-log-").FullName;
        try
        {
            return await MeasureAsync(scale, folder, progress, ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<BenchReport> MeasureAsync(LogScale scale, string folder, Action<string> progress, CancellationToken ct)
    {
        var input = new LogInput();
        progress(Invariant($"writing {OpenRun.Segments} segments"));
        var open = new OpenRun(Path.Combine(folder, "open"), input, scale.SegmentBytes);
        await open.FillAsync(ct);
        await using var postgres = await PostgresPeer.StartAsync(input, scale.PeerRecords, ct);
        var redis = RedisPeer.Program is null ? null : new RedisPeer(input, scale.PeerRecords);
        var runs = new List<LogRun>();
        var folders = new RunFolders(folder);
        for (var i = -1; i < scale.Runs; i++)
        {
            progress(i < 0 ? "warming up" : Invariant($"run {i + 1} of {scale.Runs}"));
            var run = await RunOnceAsync(scale, input, folders.Next($"run{i}"), ct);
            var (openMs, complete) = await open.MeasureAsync(ct);
            run = run with
            {
                OpenMs = openMs,
                OpenComplete = complete,
                RedisSecond = redis is null ? null : await redis.MeasureAsync("everysec", ct),
                RedisAlways = redis is null ? null : await redis.MeasureAsync("always", ct),
                Postgres = postgres is null ? null : await postgres.MeasureAsync(ct),
                KafkaPort = Librdkafka.IsHere ? await KafkaPortAsync(scale, input, folders.Next($"kafka{i}"), ct) : null,
                KafkaMock = Librdkafka.IsHere ? await KafkaRun.MeasureAsync(null, input, scale.KafkaRecords) : null,
                Collector = await CollectorRun.MeasureAsync(launcher, folders.Next($"collector{i}"), scale, ct),
            };
            if (i >= 0) runs.Add(run);
        }
        return LogReport.Of(scale, [.. runs], await open.CheckAsync());
    }

    private async Task<KafkaRun> KafkaPortAsync(LogScale scale, LogInput input, string folder, CancellationToken ct)
    {
        await using var server = await CollectorServer.StartAsync(launcher, folder, ct);
        return await KafkaRun.MeasureAsync(server.Bootstrap, input, scale.KafkaRecords);
    }

    private static async Task<LogRun> RunOnceAsync(LogScale scale, LogInput input, string folder, CancellationToken ct)
    {
        await using var log = EmbeddedLog.Open(folder);
        await log.CreateTopicAsync("interval", new TopicOptions { Partitions = AppendRun.Partitions, Durability = Durability.Interval }, ct);
        await log.CreateTopicAsync("fsync", new TopicOptions { Partitions = AppendRun.Partitions }, ct);
        var appendedInterval = await AppendRun.MeasureAsync(log, "interval", input, scale.Records);
        await log.DeleteTopicAsync("interval", ct);
        var appended = await AppendRun.MeasureAsync(log, "fsync", input, scale.Records);
        var read = await ReadRun.MeasureAsync(log, "fsync", AppendRun.Producers);
        var one = await ReadRun.MeasureOneAsync(log, new TopicPartition("fsync", 0), AppendRun.Producers);
        var verified = await ReadRun.VerifyAsync(log, "fsync", AppendRun.Producers, input);
        await log.DeleteTopicAsync("fsync", ct);
        var expected = scale.Records / AppendRun.Producers / LogInput.BatchRecords * LogInput.BatchRecords * AppendRun.Producers;
        return new LogRun(appended, appendedInterval, read, one, read.Faults + verified.Faults + Math.Abs(expected - read.Records) + Math.Abs(expected - verified.Records));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
