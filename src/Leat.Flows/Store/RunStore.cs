using System.Data;
using Leat.Core;

namespace Leat.Flows;

/// <summary>Runs and ticks in the metadata store: makes, starts, ends, adopts, lists and trims runs.</summary>
internal sealed class RunStore(IMetaStore meta)
{
    private const string RunColumns = "run_id, flow, state, started_by, from_at, to_at, queued_at, started_at, ended_at, reason";

    /// <summary>Makes the tables where they are missing.</summary>
    public Task MigrateAsync(CancellationToken ct) => meta.MigrateAsync(FlowSchema.Tables, ct);

    /// <summary>Ticks of a flow count from the later of two: when the flow was first seen, and its newest recorded tick.</summary>
    public Task<DateTimeOffset> TicksFromAsync(string flow, DateTimeOffset now, CancellationToken ct) => meta.WriteAsync(
        t =>
        {
            t.Execute("INSERT INTO flows_flow (flow, first_seen) VALUES (@0, @1) ON CONFLICT (flow) DO NOTHING", flow, now);
            return t.Query("SELECT max(at) FROM (SELECT first_seen AS at FROM flows_flow WHERE flow = @0 UNION ALL SELECT tick FROM flows_tick WHERE flow = @0)", row => row.Instant(0), flow)[0];
        },
        ct);

    /// <summary>Records a tick with its run; false when the tick is recorded already, whoever did it.</summary>
    public Task<bool> TryAddTickAsync(FlowRun run, IReadOnlyList<TaskDefinition> tasks, CancellationToken ct) => meta.WriteAsync(
        t =>
        {
            if (t.Execute("INSERT INTO flows_tick (flow, tick, run_id) VALUES (@0, @1, @2) ON CONFLICT (flow, tick) DO NOTHING", run.Flow, run.ToExcl, run.RunId) == 0) return false;
            Insert(t, run, tasks);
            return true;
        },
        ct);

    /// <summary>Records a run.</summary>
    public Task<bool> AddAsync(FlowRun run, IReadOnlyList<TaskDefinition> tasks, CancellationToken ct) => meta.WriteAsync(
        t =>
        {
            Insert(t, run, tasks);
            return true;
        },
        ct);

    /// <summary>Marks a waiting run as running for <paramref name="owner"/>; false when it does not wait any more.</summary>
    public Task<bool> TryStartAsync(string runId, string owner, DateTimeOffset now, CancellationToken ct) => meta.WriteAsync(
        t => t.Execute("UPDATE flows_run SET state = 'running', started_at = coalesce(started_at, @2), owner = @1 WHERE run_id = @0 AND (state = 'queued' OR (state = 'running' AND owner = @1))", runId, owner, now) == 1,
        ct);

    /// <summary>Ends a run of <paramref name="owner"/>, and deletes what is beyond <paramref name="keep"/> ended runs of the flow; false when another owner has it now.</summary>
    public Task<bool> TryEndAsync(FlowRun ended, string owner, int keep, CancellationToken ct) => meta.WriteAsync(
        t =>
        {
            var changed = t.Execute("UPDATE flows_run SET state = @2, ended_at = @3, reason = @4 WHERE run_id = @0 AND owner = @1 AND state IN ('queued', 'running')", ended.RunId, owner, ended.State, ended.EndedAt, ended.Reason);
            Trim(t, ended.Flow, keep);
            return changed == 1;
        },
        ct);

    /// <summary>
    /// Takes over what other owners left: running attempts are marked as lost, their tasks wait again. Call it only as the one owner of the data folder.
    /// </summary>
    /// <returns>Runs that are queued or running now, oldest first.</returns>
    public Task<IReadOnlyList<FlowRun>> AdoptAsync(string owner, DateTimeOffset now, CancellationToken ct) => meta.WriteAsync(
        t =>
        {
            t.Execute(
                """
                UPDATE flows_attempt SET state = 'failed', ended_at = @1, lost = 1, reason = 'the process that ran it ended'
                WHERE state = 'running' AND owner <> @0 AND run_id IN (SELECT run_id FROM flows_run WHERE state = 'running')
                """,
                owner,
                now);
            t.Execute("UPDATE flows_task SET state = 'queued' WHERE state = 'running' AND run_id IN (SELECT run_id FROM flows_run WHERE state = 'running' AND owner <> @0)", owner);
            t.Execute("UPDATE flows_run SET owner = @0 WHERE state IN ('queued', 'running') AND owner <> @0", owner);
            return t.Query($"SELECT {RunColumns} FROM flows_run WHERE state IN ('queued', 'running') ORDER BY queued_at, run_id", Run);
        },
        ct);

    /// <summary>Newest runs first, without their tasks.</summary>
    public Task<IReadOnlyList<FlowRun>> HistoryAsync(string? flow, int limit, CancellationToken ct) => meta.ReadAsync(
        t => t.Query($"SELECT {RunColumns} FROM flows_run WHERE @0 IS NULL OR flow = @0 ORDER BY queued_at DESC, run_id DESC LIMIT @1", Run, flow, limit),
        ct);

    /// <summary>One run with tasks and attempts, or null.</summary>
    public Task<FlowRun?> FindAsync(string runId, CancellationToken ct) => meta.ReadAsync(
        t =>
        {
            var run = t.Query($"SELECT {RunColumns} FROM flows_run WHERE run_id = @0", Run, runId);
            if (run.Count == 0) return null;
            var attempts = t.Query("SELECT task, attempt, state, started_at, ended_at, reason FROM flows_attempt WHERE run_id = @0 ORDER BY attempt", Attempt, runId).ToLookup(a => a.Task, a => a.Attempt);
            var tasks = t.Query("SELECT task, state, reason FROM flows_task WHERE run_id = @0 ORDER BY position", row => (Name: row.GetString(0), State: row.Choice<TaskState>(1), Reason: row.GetString(2)), runId);
            return run[0] with { Tasks = [.. tasks.Select(task => new TaskRun(task.Name, task.State, task.Reason, [.. attempts[task.Name]]))] };
        },
        ct);

    private static void Insert(IMetaTransaction t, FlowRun run, IReadOnlyList<TaskDefinition> tasks)
    {
        t.Execute(
            "INSERT INTO flows_run (run_id, flow, state, started_by, from_at, to_at, queued_at, ended_at, reason, owner) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, '')",
            run.RunId, run.Flow, run.State, run.Trigger, run.From, run.ToExcl, run.QueuedAt, run.EndedAt, run.Reason);
        if (run.State.IsFinal()) return;
        for (var i = 0; i < tasks.Count; i++)
        {
            t.Execute("INSERT INTO flows_task (run_id, task, position, state, reason) VALUES (@0, @1, @2, 'queued', '')", run.RunId, tasks[i].Name, i);
        }
    }

    private static void Trim(IMetaTransaction t, string flow, int keep)
    {
        var old = t.Query("SELECT run_id FROM flows_run WHERE flow = @0 AND state NOT IN ('queued', 'running') ORDER BY queued_at DESC, run_id DESC LIMIT 100 OFFSET @1", row => row.GetString(0), flow, keep);
        foreach (var runId in old)
        {
            t.Execute("DELETE FROM flows_attempt WHERE run_id = @0", runId);
            t.Execute("DELETE FROM flows_task WHERE run_id = @0", runId);
            t.Execute("DELETE FROM flows_run WHERE run_id = @0", runId);
        }
        // The newest tick stays, whatever is trimmed: it says where ticks go on.
        if (old.Count > 0) t.Execute("DELETE FROM flows_tick WHERE flow = @0 AND run_id NOT IN (SELECT run_id FROM flows_run) AND tick < (SELECT max(tick) FROM flows_tick WHERE flow = @0)", flow);
    }

    private static FlowRun Run(IDataRecord row) => new(
        row.GetString(0), row.GetString(1), row.Choice<RunState>(2), row.GetString(3), row.Instant(4), row.Instant(5), row.Instant(6), row.MaybeInstant(7), row.MaybeInstant(8), row.GetString(9), []);

    private static (string Task, TaskAttempt Attempt) Attempt(IDataRecord row) =>
        (row.GetString(0), new TaskAttempt(row.GetInt32(1), row.Choice<TaskState>(2), row.Instant(3), row.MaybeInstant(4), row.GetString(5)));
}
