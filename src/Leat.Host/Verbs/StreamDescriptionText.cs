using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Leat.Streams;

namespace Leat.Host.Verbs;

/// <summary>A job's description as JSON, in the shape of the HTTP face, and as text.</summary>
internal static class StreamDescriptionText
{
    private static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly string[] Columns = ["id", "operator", "from", "rows in", "rows out", "rows/s", "waiting", "watermark", "late", "keys", "state", "largest key"];

    public static JsonObject Json(JobDescription job) => JsonSerializer.SerializeToNode(job, Shape)!.AsObject();

    public static void Write(TextWriter to, JobDescription job)
    {
        to.WriteLine($"{job.Name}  {job.State}  {job.Diagnosis}");
        to.WriteLine(Text($"read {job.EventsRead:N0} records, {job.EventsPerSecond:N0}/s, {job.Lag:N0} wait; late {job.LateEvents:N0}, dead {job.DeadEvents:N0}; watermark {Time(job.Watermark)}"));
        to.WriteLine(Text($"workers busy {Shares(job)}, held by sinks {Percent(job.HeldShare)}, garbage collection {Percent(job.GcShare)}; append to view p50 {Ms(job.LatencyP50Ms)}, p99 {Ms(job.LatencyP99Ms)}"));
        to.WriteLine(Text($"checkpoint {job.CheckpointId}: {Ms(job.Checkpoints.LastMs)}, longest of the last 32 {Ms(job.Checkpoints.LongestMs)}, wrote {Bytes(job.Checkpoints.LastBytes)}, state file {Bytes(job.Checkpoints.StateBytes)}"));
        to.WriteLine();
        WriteTable(to, [Columns, .. job.Operators.Select(Row)]);
        to.WriteLine();
        if (job.Partitions.Length > 0) WriteTable(to, [["partition", "waiting", "watermark", ""], .. job.Partitions.Select(Row)]);
        if (job.Tables.Length > 0) WriteTable(to, [["table", "rows", "memory", "as of", ""], .. job.Tables.Select(Row)]);
        to.WriteLine($"settings: {string.Join(", ", Json(job)["settings"]!.AsObject().Select(s => $"{s.Key} {s.Value}"))}");
    }

    private static string[] Row(OperatorFigures part) =>
    [
        Text($"{part.Id}"), Called(part), string.Join(',', part.Inputs), Text($"{part.RowsIn:N0}"), Text($"{part.RowsOut:N0}"), Text($"{part.RowsOutPerSecond:N0}"),
        part.Waiting is { } waiting ? Text($"{waiting:N0}") : "", Time(part.Watermark), part.LateRows == 0 ? "" : Text($"{part.LateRows:N0}"),
        part.State is { } state ? Text($"{state.Keys:N0}") : "", part.State is { } size ? Size(size) : "", part.State?.LargestKeyShare is { } share ? Percent(share) : "",
    ];

    private static string[] Row(PartitionFigures partition) =>
        [Text($"{partition.Source}/{partition.Partition}"), Text($"{partition.Waiting:N0}{(partition.VersionsWaiting is { } versions ? $" in {versions} versions" : "")}"), Time(partition.Watermark), partition.IsIdle ? "idle" : partition.IsCaughtUp ? "read to its end" : ""];

    private static string[] Row(TableFigures table) =>
        [table.Name, Text($"{table.Rows:N0}"), Bytes(table.SizeBytes), Time(table.CheckedAt), table.Error is { } error ? Text($"{table.Failures:N0} refreshes failed: {error.Split('\n')[0]}") : table.Stamp ?? table.Kind];

    private static string Size(StateFigures state) => state.SpilledBytes == 0 ? Bytes(state.SizeBytes) : $"{Bytes(state.SizeBytes)} + {Bytes(state.SpilledBytes)} on disk";

    private static string Called(OperatorFigures part) => string.Join(' ', new[] { part.Kind, part.Detail, part.Name is null ? "" : $"'{part.Name}'" }.Where(t => t.Length > 0));

    private static void WriteTable(TextWriter to, List<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(r => r[column].Length)).ToArray();
        foreach (var row in rows) to.WriteLine(string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
    }

    private static string Shares(JobDescription job) => job.BusyShares.IsEmpty ? "-" : string.Join(' ', job.BusyShares.Select(Percent));

    private static string Percent(double share) => Text($"{share * 100:0} %");

    private static string Ms(double? ms) => ms is { } known ? Text($"{known:0.#} ms") : "-";

    private static string Bytes(long bytes) => bytes switch
    {
        < 1000 => Text($"{bytes} B"),
        < 1_000_000 => Text($"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => Text($"{bytes / 1e6:0.0} MB"),
        _ => Text($"{bytes / 1e9:0.0} GB"),
    };

    private static string Time(DateTime? time) => time is { } known ? known.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) : "-";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
