using Leat.Core;
using Leat.Lake.Protocol;

namespace Leat.Lake.Snapshots;

/// <summary>States of one table, read from its log. Keeps the newest, so that following the table costs only its new commits. Thread-safe.</summary>
internal sealed class SnapshotReader(string table, TableLog log, CheckpointReader checkpoints)
{
    private TableState? _newest;

    /// <summary>State at <paramref name="version"/>; null = newest. Null when there is no log.</summary>
    /// <exception cref="LeatException">LEAT3004, LEAT3008 to LEAT3011, LEAT3014.</exception>
    public async ValueTask<TableState?> FindAsync(long? version, CancellationToken ct)
    {
        var known = Volatile.Read(ref _newest);
        if (known is not null && known.Version == version) return known;
        if (version is null && known is not null && await log.HasCommitAsync(known.Version, ct).ConfigureAwait(false))
            return await FollowAsync(known, ct).ConfigureAwait(false);
        var state = await LoadAsync(version, ct).ConfigureAwait(false);
        if (version is null) Volatile.Write(ref _newest, state);
        return state;
    }

    /// <summary>Takes note of a commit that was just made on top of <paramref name="state"/>.</summary>
    public TableState Advance(TableState state, IReadOnlyList<DeltaAction> actions)
    {
        var replay = new LogReplay(state);
        replay.Apply(actions);
        return Keep(replay.State(state.Version + 1));
    }

    private async ValueTask<TableState> FollowAsync(TableState known, CancellationToken ct)
    {
        LogReplay? replay = null;
        var version = known.Version;
        while (await log.FindCommitAsync(version + 1, ct).ConfigureAwait(false) is { } actions)
        {
            replay ??= new LogReplay(known);
            replay.Apply(actions);
            version++;
        }
        return replay is null ? known : Keep(replay.State(version));
    }

    private TableState Keep(TableState state)
    {
        var known = Volatile.Read(ref _newest);
        while ((known is null || known.Version < state.Version) && Interlocked.CompareExchange(ref _newest, state, known) is var seen && seen != known) known = seen;
        return state;
    }

    private async ValueTask<TableState?> LoadAsync(long? version, CancellationToken ct)
    {
        var names = await log.ListAsync(ct).ConfigureAwait(false);
        if (LogPlan.Make(table, names, version) is not { } plan) return null;
        var replay = await ReplayCheckpointAsync(plan, ct).ConfigureAwait(false);
        if (replay is null)
        {
            plan = LogPlan.Make(table, names, plan.Version, plan.CheckpointVersion)!;
            replay = await ReplayCheckpointAsync(plan, ct).ConfigureAwait(false) ?? throw LakeErrors.NoOtherCheckpoint(table, plan.CheckpointVersion);
        }
        for (var next = plan.CheckpointVersion + 1; next <= plan.Version; next++)
            replay.Apply(await log.FindCommitAsync(next, ct).ConfigureAwait(false) ?? throw LakeErrors.Gap(table, next - 1, plan.Version));
        return replay.State(plan.Version);
    }

    /// <summary>Null when the checkpoint is damaged and an older one, or the commits themselves, may do.</summary>
    private async ValueTask<LogReplay?> ReplayCheckpointAsync(LogPlan plan, CancellationToken ct)
    {
        var replay = new LogReplay(table);
        if (plan.Checkpoint.IsEmpty) return replay;
        try
        {
            replay.Apply(await checkpoints.ReadAsync(plan.Checkpoint, ct).ConfigureAwait(false));
            return replay;
        }
        catch (LeatException damaged) when (damaged.Code == "LEAT3014")
        {
            return null;
        }
    }
}
