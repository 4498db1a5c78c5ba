using System.Collections.Immutable;
using System.Data;
using System.Text.Json;
using Leat.Core;

namespace Leat.Flows;

/// <summary>Tasks and attempts in the metadata store. Results are fenced: only the owner of a running attempt can end it, once.</summary>
internal sealed class TaskStore(IMetaStore meta)
{
    /// <summary>Tasks of a run with their attempts so far.</summary>
    public Task<IReadOnlyList<StoredTask>> LoadAsync(string runId, CancellationToken ct) => meta.ReadAsync(
        t => t.Query(
            """
            SELECT task, state, outputs, next_at,
              (SELECT coalesce(max(attempt), 0) FROM flows_attempt a WHERE a.run_id = k.run_id AND a.task = k.task),
              (SELECT coalesce(sum(lost), 0) FROM flows_attempt a WHERE a.run_id = k.run_id AND a.task = k.task)
            FROM flows_task k WHERE run_id = @0 ORDER BY position
            """,
            Task,
            runId),
        ct);

    /// <summary>Starts an attempt; false when the run has another owner or has ended.</summary>
    public Task<bool> TryStartAsync(AttemptKey key, string owner, DateTimeOffset now, CancellationToken ct) => meta.WriteAsync(
        t =>
        {
            var started = t.Execute(
                """
                INSERT INTO flows_attempt (run_id, task, attempt, state, started_at, reason, owner, lost)
                SELECT run_id, @1, @2, 'running', @3, '', @4, 0 FROM flows_run WHERE run_id = @0 AND owner = @4 AND state = 'running'
                """,
                key.RunId, key.Task, key.Number, now, owner);
            if (started == 1) t.Execute("UPDATE flows_task SET state = 'running', next_at = NULL WHERE run_id = @0 AND task = @1", key.RunId, key.Task);
            return started == 1;
        },
        ct);

    /// <summary>Ends an attempt and moves its task on; false when the attempt is not this owner's any more, and then nothing is stored.</summary>
    /// <param name="key">Attempt.</param>
    /// <param name="owner">Who ran it.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="log">Its lines.</param>
    /// <param name="times">Now, and when the next attempt may start (null = there is none).</param>
    public Task<bool> TryEndAsync(AttemptKey key, string owner, AttemptEnd end, string log, (DateTimeOffset Now, DateTimeOffset? NextAt) times) => meta.WriteAsync(
        t =>
        {
            var ended = t.Execute(
                "UPDATE flows_attempt SET state = @4, ended_at = @5, reason = @6, log = @7 WHERE run_id = @0 AND task = @1 AND attempt = @2 AND owner = @3 AND state = 'running'",
                key.RunId, key.Task, key.Number, owner, end.State, times.Now, end.Reason, log);
            if (ended == 0) return false;
            var state = times.NextAt is null ? end.State : TaskState.UpForRetry;
            t.Execute("UPDATE flows_task SET state = @2, reason = @3, outputs = @4, next_at = @5 WHERE run_id = @0 AND task = @1", key.RunId, key.Task, state, end.Reason, Json(end.Outputs), times.NextAt);
            return true;
        },
        CancellationToken.None);

    /// <summary>Settles tasks that do not run.</summary>
    public Task<bool> SettleAsync(string runId, string owner, IReadOnlyList<(string Task, TaskState State, string Reason)> settled) => meta.WriteAsync(
        t =>
        {
            foreach (var (task, state, reason) in settled)
            {
                t.Execute(
                    "UPDATE flows_task SET state = @2, reason = @3, next_at = NULL WHERE run_id = @0 AND task = @1 AND EXISTS (SELECT 1 FROM flows_run WHERE run_id = @0 AND owner = @4)",
                    runId, task, state, reason, owner);
            }
            return true;
        },
        CancellationToken.None);

    /// <summary>Lines of an attempt that ended; null when there is no such attempt, or it has not ended.</summary>
    public Task<string?> LogAsync(AttemptKey key, CancellationToken ct) => meta.ReadAsync(
        t => t.Query("SELECT log FROM flows_attempt WHERE run_id = @0 AND task = @1 AND attempt = @2", row => row.IsDBNull(0) ? null : row.GetString(0), key.RunId, key.Task, key.Number) is [var log] ? log : null,
        ct);

    private static StoredTask Task(IDataRecord row) => new(
        row.GetString(0),
        row.Choice<TaskState>(1),
        row.IsDBNull(2) ? ImmutableDictionary<string, string>.Empty : JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(row.GetString(2))!,
        row.GetInt32(4),
        row.GetInt32(5),
        row.MaybeInstant(3));

    private static string? Json(ImmutableDictionary<string, string> outputs) => outputs.IsEmpty ? null : JsonSerializer.Serialize(outputs);
}
