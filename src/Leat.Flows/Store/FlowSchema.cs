using Leat.Core;

namespace Leat.Flows;

/// <summary>Tables of flows; instants in milliseconds since 1970.</summary>
internal static class FlowSchema
{
    public static readonly MetaSchema Tables = new("flows",
    [
        "CREATE TABLE flows_flow (flow TEXT PRIMARY KEY, first_seen BIGINT NOT NULL)",
        "CREATE TABLE flows_tick (flow TEXT NOT NULL, tick BIGINT NOT NULL, run_id TEXT NOT NULL, PRIMARY KEY (flow, tick))",
        """
        CREATE TABLE flows_run (
          run_id TEXT PRIMARY KEY, flow TEXT NOT NULL, state TEXT NOT NULL, started_by TEXT NOT NULL, from_at BIGINT NOT NULL, to_at BIGINT NOT NULL,
          queued_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT, reason TEXT NOT NULL, owner TEXT NOT NULL)
        """,
        "CREATE INDEX flows_run_by_flow ON flows_run (flow, queued_at)",
        "CREATE INDEX flows_run_open ON flows_run (state) WHERE state IN ('queued', 'running')",
        """
        CREATE TABLE flows_task (
          run_id TEXT NOT NULL, task TEXT NOT NULL, position BIGINT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, outputs TEXT, next_at BIGINT,
          PRIMARY KEY (run_id, task))
        """,
        """
        CREATE TABLE flows_attempt (
          run_id TEXT NOT NULL, task TEXT NOT NULL, attempt BIGINT NOT NULL, state TEXT NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT,
          reason TEXT NOT NULL, owner TEXT NOT NULL, lost BIGINT NOT NULL, log TEXT, PRIMARY KEY (run_id, task, attempt))
        """,
    ]);
}
