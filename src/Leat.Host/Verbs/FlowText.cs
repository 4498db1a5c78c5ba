using System.Text.Json.Nodes;
using Leat.Flows;
using Leat.Host.Rendering;

namespace Leat.Host.Verbs;

/// <summary>Runs of flows in words and JSON.</summary>
internal static class FlowText
{
    public static string Word<T>(T state)
        where T : struct, Enum => state.ToString().ToLowerInvariant();

    public static JsonObject Of(FlowRun run) => new()
    {
        ["run_id"] = run.RunId,
        ["flow"] = run.Flow,
        ["state"] = Word(run.State),
        ["reason"] = run.Reason,
        ["from"] = ValueText.Json(run.From.UtcDateTime),
        ["to"] = ValueText.Json(run.ToExcl.UtcDateTime),
        ["started_at"] = ValueText.Json(run.StartedAt?.UtcDateTime),
        ["ended_at"] = ValueText.Json(run.EndedAt?.UtcDateTime),
        ["tasks"] = new JsonArray([.. run.Tasks.Select(t => new JsonObject { ["name"] = t.Name, ["state"] = Word(t.State), ["reason"] = t.Reason, ["attempts"] = t.Attempts.Length })]),
    };
}
