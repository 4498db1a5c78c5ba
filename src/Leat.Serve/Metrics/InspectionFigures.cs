using System.Collections.Immutable;
using System.Globalization;
using Leat.Streams;

namespace Leat.Serve.Metrics;

/// <summary>What the description of stream jobs tells, as metrics: labels job, and operator and kind or source and partition.</summary>
internal static class InspectionFigures
{
    private static readonly (string Name, string Type, string Help, Func<JobDescription, double?> Value)[] OfJobs =
    [
        ("leat_stream_busy_share", "gauge", "Share of the last seconds that workers spent on rows, 0 to 1", j => j.BusyShare),
        ("leat_stream_held_share", "gauge", "Share of the last seconds that workers stood because too much waited for the sinks, 0 to 1", j => j.HeldShare),
        ("leat_stream_gc_share", "gauge", "Share of the last seconds that the process stood for garbage collection, 0 to 1", j => j.GcShare),
        ("leat_stream_checkpoint_longest_seconds", "gauge", "Longest of the last 32 checkpoints", j => j.Checkpoints.LongestMs / 1000),
        ("leat_stream_checkpoint_last_bytes", "gauge", "State that the last checkpoint wrote", j => j.Checkpoints.LastBytes),
        ("leat_stream_checkpoint_state_bytes", "gauge", "State file that a restart reads", j => j.Checkpoints.StateBytes),
    ];

    private static readonly (string Name, string Type, string Help, Func<OperatorFigures, double?> Value)[] OfOperators =
    [
        ("leat_stream_operator_rows_in_total", "counter", "Rows that came in since start", o => o.RowsIn),
        ("leat_stream_operator_rows_out_total", "counter", "Rows that came out since start", o => o.RowsOut),
        ("leat_stream_operator_late_rows_total", "counter", "Rows that came too late since start", o => o.LateRows),
        ("leat_stream_operator_watermark_seconds", "gauge", "Watermark as seconds since 1970", o => (o.Watermark - DateTime.UnixEpoch)?.TotalSeconds),
        ("leat_stream_operator_state_keys", "gauge", "Keys kept; of windows, pairs of key and window", o => o.State?.Keys),
        ("leat_stream_operator_state_bytes", "gauge", "Memory of the state", o => o.State?.SizeBytes),
        ("leat_stream_operator_spilled_bytes", "gauge", "State on disk because memory is over the job's budget", o => o.State?.SpilledBytes),
        ("leat_stream_operator_largest_shard_share", "gauge", "Share of the keys in the largest part, 0 to 1", o => o.State?.LargestShardShare),
        ("leat_stream_operator_largest_key_share", "gauge", "Share of the rows that the most frequent key had lately, 0 to 1", o => o.State?.LargestKeyShare),
    ];

    public static void Write(PrometheusText text, ImmutableArray<JobDescription> jobs)
    {
        foreach (var (name, type, help, value) in OfJobs) Write(text, (name, type, help), jobs.Select(j => (JobLabel(j), value(j))));
        foreach (var (name, type, help, value) in OfOperators) Write(text, (name, type, help), jobs.SelectMany(j => j.Operators.Select(o => (Label(j, o), value(o)))));
        Write(text, ("leat_stream_partition_waiting", "gauge", "Records of a partition appended but not yet read"), jobs.SelectMany(j => j.Partitions.Select(p => (Label(j, p), (double?)p.Waiting))));
    }

    private static void Write(PrometheusText text, (string Name, string Type, string Help) metric, IEnumerable<(string Labels, double? Value)> samples)
    {
        text.Metric(metric.Name, metric.Type, metric.Help);
        foreach (var (labels, value) in samples)
            if (value is { } known) text.Sample(metric.Name, labels, known);
    }

    private static string JobLabel(JobDescription job) => $"job=\"{PrometheusText.Escape(job.Name)}\"";

    private static string Label(JobDescription job, OperatorFigures part) =>
        string.Create(CultureInfo.InvariantCulture, $"{JobLabel(job)},operator=\"{part.Id}\",kind=\"{PrometheusText.Escape(part.Name ?? part.Kind)}\"");

    private static string Label(JobDescription job, PartitionFigures partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{JobLabel(job)},source=\"{PrometheusText.Escape(partition.Source)}\",partition=\"{partition.Partition}\"");
}
