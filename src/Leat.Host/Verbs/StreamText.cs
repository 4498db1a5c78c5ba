using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Streams;

namespace Leat.Host.Verbs;

/// <summary>What the verbs of stream jobs print.</summary>
internal static class StreamText
{
    public static JsonObject Of(Savepoint savepoint) => new()
    {
        ["job"] = savepoint.Job,
        ["path"] = savepoint.Path,
        ["checkpoint_id"] = savepoint.CheckpointId,
        ["size_bytes"] = savepoint.SizeBytes,
    };

    public static JsonObject Of(JobStatus job) => new() { ["job"] = job.Name, ["state"] = job.State, ["checkpoint_id"] = job.CheckpointId, ["error"] = job.Error };

    public static JsonObject Of(JobReset reset) => new()
    {
        ["job"] = reset.Job,
        ["state"] = reset.State,
        ["dropped_checkpoint_id"] = reset.DroppedCheckpoint,
        ["tables_kept"] = new JsonArray([.. reset.Tables.Select(t => (JsonNode)t)]),
        ["topics_kept"] = new JsonArray([.. reset.Topics.Select(t => (JsonNode)t)]),
        ["sinks_kept"] = new JsonArray([.. reset.Sinks.Select(s => (JsonNode)s)]),
    };

    /// <summary>Path as the caller's shell means it.</summary>
    public static string? PathOf(VerbContext context, string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path, context.Console.WorkingFolder);

    public static void Write(VerbContext context, JsonObject json, string line)
    {
        if (context.Json) context.WriteJson(json);
        else context.Out.WriteLine(line);
    }

    public static string Line(JobStatus job) => $"{job.Name} {job.State} at checkpoint {job.CheckpointId}{(job.Error is null ? "" : $": {job.Error}")}";

    public static string Line(Savepoint savepoint) => $"{savepoint.Job} saved at checkpoint {savepoint.CheckpointId} ({savepoint.SizeBytes} bytes): {savepoint.Path}";
}
