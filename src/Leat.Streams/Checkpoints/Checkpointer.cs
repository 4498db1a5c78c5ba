using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;
using Leat.Streams.Execution;
using Leat.Streams.Jobs;
using Leat.Streams.Sinks;
using Leat.Streams.Time;

namespace Leat.Streams.Checkpoints;

/// <summary>Makes and restores the checkpoints of one job run, in the order: stage, journal, record (the commit point), commit of the sinks. Owned by the coordinator.</summary>
internal sealed class Checkpointer(JobPlan plan, RunParts parts, RunOutputs outputs, SinkRetry retry) : IDisposable
{
    private readonly CheckpointStore _store = new(Path.Combine(parts.Project.CheckpointFolder, plan.Name), parts.Files);
    private readonly StateFiles _state = new(plan, Path.Combine(parts.Project.CheckpointFolder, plan.Name), parts);
    private readonly RowSinks _rows = new(plan, parts, Path.Combine(parts.Project.CheckpointFolder, plan.Name));
    private readonly TopicCommits _topics = new(parts.Log, plan.Name, parts.Time);
    private CheckpointRecord? _last;
    private string _incarnation = "";

    /// <summary>Last committed epoch; 0 before the first.</summary>
    public long Epoch => _last?.Epoch ?? 0;

    /// <summary>State that the last checkpoint of this run wrote, in bytes.</summary>
    public long LastBytes => _state.LastBytes;

    /// <summary>State file that a restart reads, in bytes.</summary>
    public long StateBytes => _state.Length;

    /// <summary>Rows that wait in files for the lake's next commit, in bytes.</summary>
    public long WaitingBytes => _rows.WaitingBytes;

    /// <summary>Loads the newest checkpoint and finishes what its sinks had not committed. Null: the job starts for the first time.</summary>
    /// <exception cref="LeatException">LEAT2130 damaged; LEAT2131, LEAT2132, LEAT2135 made by another definition of the job.</exception>
    public async Task<CheckpointRecord?> RestoreAsync(CancellationToken ct)
    {
        _store.DropUnfinished();
        var record = _store.LoadNewest(out var damaged);
        if (record is null)
        {
            if (damaged.Count > 0) throw StreamErrors.DamagedState(damaged[0], "no checkpoint of the job is whole");
            _incarnation = parts.NewIncarnation();
            await _rows.OpenAsync(_incarnation, retry, ct).ConfigureAwait(false);
            return null;
        }

        var match = StateMatch.Of(record, plan);
        (_last, _incarnation) = (record, record.Incarnation);
        _rows.Restore(record);
        await _rows.OpenAsync(_incarnation, retry, ct).ConfigureAwait(false);
        if (damaged.Count > 0) await CheckNothingNewerAsync(record, damaged[0], ct).ConfigureAwait(false);
        OpenState(record, match);
        await CommitSinksAsync(record, ct).ConfigureAwait(false);
        _rows.Committed(record);
        foreach (var part in plan.Stateful) part.Restore(record.Watermark, record.Epoch);
        outputs.Restore(record.LateEvents, record.DeadEvents);
        return record;
    }

    /// <summary>While all workers stand still, and all that is due at the clock's watermark has happened: copies what has to be saved.</summary>
    /// <returns>Null when nothing has changed since the last checkpoint.</returns>
    public Snapshot? Capture(JobClock clock, bool commitsLake)
    {
        var watermark = clock.Watermark;
        var marks = clock.Partitions.Select(p => new PartitionMark(p.Source, p.Partition.Partition, p.Offset, p.Watermark, p.IsIdle) { Lake = p.Cursor }).ToImmutableArray();
        commitsLake &= plan.LakeSinks.Any(s => s.HasRows) || _rows.AwaitsLake;
        if (_last is not null && !commitsLake && !_rows.HasRows && outputs.Topics.SizeBytes == 0 && watermark == _last.Watermark && marks.SequenceEqual(_last.Partitions)) return null;
        var epoch = Epoch + 1;
        var begins = _state.Capture();
        var rows = plan.LakeSinks.Select(s => (s, s.Save(), s.Saved())).ToImmutableArray();
        return new Snapshot(epoch, watermark, begins, commitsLake, rows, marks, outputs.LateEvents, outputs.DeadEvents, outputs.Topics.Stage($"{plan.Name}/{_incarnation}/{epoch}")) { SinkRows = _rows.Capture(commitsLake) };
    }

    /// <summary>Beside the workers: makes the captured state durable and the output visible. <see cref="Finish"/> follows.</summary>
    public async Task<CheckpointRecord> CompleteAsync(Snapshot snapshot, CancellationToken ct)
    {
        parts.AtStep?.Invoke(CheckpointStep.Captured);
        var manifests = snapshot.CommitsLake ? await StageAsync(snapshot, ct).ConfigureAwait(false) : [];
        var rows = _rows.Stage(snapshot);
        parts.AtStep?.Invoke(CheckpointStep.Staged);
        _state.Write(snapshot, manifests.Select(m => m.Sink).ToHashSet());
        parts.AtStep?.Invoke(CheckpointStep.Journaled);
        var record = new CheckpointRecord(snapshot.Epoch, _incarnation, plan.Signature, snapshot.Watermark, _state.Name, _state.Length, snapshot.Partitions,
            snapshot.LateEvents, snapshot.DeadEvents, manifests, snapshot.Appends)
        {
            Operators = PlanParts.Operators(plan), Sinks = PlanParts.Sinks(plan), SinkRows = rows, InTransaction = true, WholeBytes = _state.WholeBytes, TakenAt = parts.Time.GetUtcNow().UtcDateTime,
        };
        _store.Write(record);
        parts.AtStep?.Invoke(CheckpointStep.Recorded);
        await CommitSinksAsync(record, ct).ConfigureAwait(false);
        _state.Scan(ct);
        return record;
    }

    /// <summary>By the coordinator, when the checkpoint is complete: operators and sinks let go of what it has.</summary>
    public void Finish(Snapshot snapshot, CheckpointRecord record)
    {
        _rows.Committed(record);
        foreach (var manifest in record.Lake) plan.LakeSinks[manifest.Sink].Forget(snapshot.Rows[manifest.Sink].All.Length);
        foreach (var part in plan.Stateful) part.Committed(record.Epoch, record.Watermark);
        _last = record;
        parts.AtStep?.Invoke(CheckpointStep.Committed);
        _store.Prune(parts.Options.RetainedCheckpoints, record.TakenAt - parts.Options.RetainedFor);
    }

    /// <summary>The job runs no more: its sinks are left.</summary>
    public async ValueTask CloseAsync()
    {
        await _rows.DisposeAsync().ConfigureAwait(false);
        await _topics.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose() => _state.Dispose();

    /// <summary>Loads the state. Its file goes on only where all its parts are in their places; else the next checkpoint begins a new one.</summary>
    private void OpenState(CheckpointRecord record, StateMatch match)
    {
        var path = Path.Combine(_store.Folder, record.Journal);
        var waiting = new Dictionary<int, int>();
        try
        {
            var journal = StateJournal.Open(parts.Files, path, record.JournalLength, frame => StateEntries.Load(plan, match, frame, waiting));
            foreach (var (sink, batches) in waiting)
                if (batches > 0 && !record.Sinks[sink].Dropped) throw StreamErrors.StateWithoutOperator(plan.Name, $"lake table '{record.Sinks[sink].Id}'", $"rows of {record.Sinks[sink].Shape} that wait for it");
            if (match.IsSame) _state.Open(journal, record.WholeBytes);
            else journal.Dispose();
        }
        catch (InvalidDataException error)
        {
            throw StreamErrors.DamagedState(path, $"the state cannot be read: {error.Message}");
        }
    }

    private async Task<ImmutableArray<LakeManifest>> StageAsync(Snapshot snapshot, CancellationToken ct)
    {
        var manifests = ImmutableArray.CreateBuilder<LakeManifest>();
        foreach (var (sink, _, all) in snapshot.Rows)
        {
            if (all.IsEmpty) continue;
            var table = await TableAsync(sink, ct).ConfigureAwait(false);
            manifests.Add(new LakeManifest(sink.Index, await table.StageAsync(Retained(all), ct).ConfigureAwait(false)));
        }

        return manifests.ToImmutable();
    }

    private static async IAsyncEnumerable<Batch> Retained(ImmutableArray<Batch> batches)
    {
        foreach (var batch in batches) yield return batch.Retain();
        await Task.CompletedTask.ConfigureAwait(false);
    }

    private async Task<ILakeTable> TableAsync(LakeSink sink, CancellationToken ct)
    {
        var lake = parts.Lake ?? throw StreamErrors.NoLake(plan.Name);
        return await lake.CreateAsync(sink.Table, sink.Schema, [], ct).ConfigureAwait(false);
    }

    /// <summary>The table by name: the job that made the checkpoint may have had other sinks. Null: there is none any more.</summary>
    private async Task<ILakeTable?> TableAsync(string table, CancellationToken ct)
    {
        if (plan.LakeSinks.Find(s => s.Table == table) is { } sink) return await TableAsync(sink, ct).ConfigureAwait(false);
        return parts.Lake is { } lake ? await lake.FindAsync(table, ct).ConfigureAwait(false) : throw StreamErrors.NoLake(plan.Name);
    }

    private async Task CommitSinksAsync(CheckpointRecord record, CancellationToken ct)
    {
        var commits = Commits(record, ct).ToList();
        for (var i = 0; i < commits.Count; i++)
        {
            if (i > 0) parts.AtStep?.Invoke(CheckpointStep.Delivering);
            await retry.RunAsync(commits[i].Place, commits[i].Commit).ConfigureAwait(false);
        }
    }

    /// <summary>What each sink has to do; what was begun is not cancelled, but for a server that does not answer.</summary>
    private IEnumerable<(string Place, Func<Task> Commit)> Commits(CheckpointRecord record, CancellationToken ct)
    {
        foreach (var manifest in record.Lake)
        {
            var name = record.Sinks.IsDefault ? plan.LakeSinks[manifest.Sink].Table : record.Sinks[manifest.Sink].Id;
            yield return ($"lake table {name}", () => CommitLakeAsync(name, manifest, record.Epoch));
        }

        if (!record.Appends.IsEmpty) yield return ("the event log", () => record.InTransaction ? _topics.CommitAsync(record.Incarnation, record.Epoch, record.Appends, ct) : TopicSinks.AppendAsync(parts.Log, record.Appends, CancellationToken.None));
        foreach (var commit in _rows.Commits(record, ct)) yield return commit;
    }

    private async Task CommitLakeAsync(string name, LakeManifest manifest, long epoch)
    {
        if (await TableAsync(name, CancellationToken.None).ConfigureAwait(false) is not { } table) return;
        var outcome = await table.CommitAsync(manifest.Files, new LakeTransaction(AppId(name), epoch), CancellationToken.None).ConfigureAwait(false);
        if (outcome is CommitOutcome.Conflict conflict) throw StreamErrors.LakeConflict(table.Name, conflict.Reason, plan.Name);
    }

    private string AppId(string table) => $"leat/{plan.Name}/{_incarnation}/{table}";

    /// <summary>A damaged newer checkpoint may have committed output; going on from an older one would write it twice.</summary>
    private async Task CheckNothingNewerAsync(CheckpointRecord record, string damaged, CancellationToken ct)
    {
        foreach (var sink in plan.LakeSinks)
        {
            var table = await TableAsync(sink, ct).ConfigureAwait(false);
            var snapshot = await table.SnapshotAsync(null, ct).ConfigureAwait(false);
            if (snapshot.Transactions.GetValueOrDefault(AppId(sink.Table)) > record.Epoch)
                throw StreamErrors.DamagedState(damaged, $"the checkpoint is damaged (checksum), and table '{sink.Table}' already has its rows");
        }

        if (await _topics.NotedAsync(record.Incarnation, ct).ConfigureAwait(false) > record.Epoch) throw StreamErrors.DamagedState(damaged, "the checkpoint is damaged (checksum), and its records are in their topics already");
        await _rows.CheckNothingNewerAsync(record, damaged, ct).ConfigureAwait(false);
    }
}
