using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Streams.Execution;
using Leat.Streams.Jobs;
using Leat.Streams.Sinks;

namespace Leat.Streams.Checkpoints;

/// <summary>The sinks of one run that take rows from files of the checkpoints. Owned by the coordinator.</summary>
internal sealed class RowSinks(JobPlan plan, RunParts parts, string folder) : IAsyncDisposable
{
    private readonly Dictionary<string, ISinkSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SinkManifest> _waiting = new(StringComparer.Ordinal);
    private string _life = "";

    /// <summary>Rows that no checkpoint has yet.</summary>
    public bool HasRows => plan.RowSinks.Exists(s => s.HasRows);

    /// <summary>Rows in checkpoints that wait for a later commit, bytes.</summary>
    public long WaitingBytes
    {
        get
        {
            lock (_waiting) return _waiting.Values.Sum(m => m.SizeBytes);
        }
    }

    /// <summary>A commit together with the lake's would change something.</summary>
    public bool AwaitsLake => plan.RowSinks.Exists(s => s.IsSlow && (s.HasRows || s.Fill is not null)) || WaitingBytes > 0;

    /// <summary>Opens all sinks, so that one that cannot take the rows is known before any is read.</summary>
    public async Task OpenAsync(string life, SinkRetry retry, CancellationToken ct)
    {
        _life = life;
        foreach (var sink in plan.RowSinks) await retry.RunAsync(sink.Name, () => SessionAsync(sink, ct)).ConfigureAwait(false);
    }

    /// <summary>While all workers stand still: takes what was gathered.</summary>
    /// <param name="commitsLake">The slow ones commit.</param>
    public ImmutableArray<(RowSink Sink, ImmutableArray<Batch> Rows)> Capture(bool commitsLake)
    {
        foreach (var sink in plan.RowSinks.Where(s => commitsLake || !s.IsSlow)) sink.Fill?.Invoke();
        return [.. plan.RowSinks.Select(s => (s, s.Take()))];
    }

    /// <summary>Writes the rows to files, synced.</summary>
    public ImmutableArray<SinkManifest> Stage(Snapshot snapshot)
    {
        var manifests = ImmutableArray.CreateBuilder<SinkManifest>();
        try
        {
            foreach (var (sink, rows) in snapshot.SinkRows)
            {
                var commits = snapshot.CommitsLake || !sink.IsSlow;
                var manifest = Of(sink) with { Commits = commits };
                if (!rows.IsEmpty) manifest = Write(manifest, rows, snapshot.Epoch);
                if (!manifest.Files.IsEmpty || (commits && sink.Fill is not null)) manifests.Add(manifest);
            }

            if (snapshot.SinkRows.Any(s => !s.Rows.IsEmpty)) parts.Files.SyncFolder(folder);
        }
        finally
        {
            foreach (var batch in snapshot.SinkRows.SelectMany(s => s.Rows)) batch.Dispose();
        }

        return manifests.ToImmutable();
    }

    /// <summary>Whether the job has a sink that takes the rows.</summary>
    public static bool Fits(JobPlan plan, SinkManifest manifest) => plan.RowSinks.Exists(s => s.Name == manifest.Sink && s.Shape == manifest.Shape);

    /// <summary>Before anything is loaded: whether all rows of a checkpoint have a sink. Files that nobody needs go.</summary>
    /// <exception cref="LeatException">LEAT2135 rows of a sink that the job no longer has.</exception>
    public void Restore(CheckpointRecord record)
    {
        foreach (var manifest in record.SinkRows.Where(m => !m.Dropped))
        {
            // After a commit its files go: without them it was done.
            if (!Fits(plan, manifest) && manifest.Files.Any(f => File.Exists(Path.Combine(folder, f)))) throw StreamErrors.StateWithoutOperator(plan.Name, manifest.Sink, $"rows of {manifest.Shape} that wait for it");
        }

        Sweep(record);
    }

    /// <summary>What commits the record's rows, sink by sink; each may be done again.</summary>
    public IEnumerable<(string Name, Func<Task> Commit)> Commits(CheckpointRecord record, CancellationToken ct)
    {
        foreach (var manifest in record.SinkRows.Where(m => m.Commits && Fits(plan, m)))
            yield return (manifest.Sink, () => CommitAsync(plan.RowSinks.Find(s => s.Name == manifest.Sink)!, manifest, record.Epoch, ct));
    }

    /// <summary>All sinks have what the record says.</summary>
    public void Committed(CheckpointRecord record)
    {
        lock (_waiting)
        {
            foreach (var manifest in record.SinkRows.Where(m => Fits(plan, m)))
            {
                if (manifest.Commits) _waiting.Remove(manifest.Sink);
                else _waiting[manifest.Sink] = manifest;
            }
        }

        foreach (var file in record.SinkRows.Where(m => m.Commits).SelectMany(m => m.Files)) parts.Files.Delete(Path.Combine(folder, file));
    }

    /// <summary>A damaged newer checkpoint may have committed rows; going on from an older one would write them twice.</summary>
    public async Task CheckNothingNewerAsync(CheckpointRecord record, string damaged, CancellationToken ct)
    {
        foreach (var sink in plan.RowSinks)
        {
            var session = await SessionAsync(sink, ct).ConfigureAwait(false);
            if (await session.LastEpochAsync(ct).ConfigureAwait(false) > record.Epoch) throw StreamErrors.DamagedState(damaged, $"the checkpoint is damaged (checksum), and {sink.Name} already has its rows");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values) await session.DisposeAsync().ConfigureAwait(false);
        _sessions.Clear();
    }

    private SinkManifest Of(RowSink sink)
    {
        lock (_waiting) return _waiting.GetValueOrDefault(sink.Name) ?? new SinkManifest(sink.Name, sink.Shape, [], 0, false);
    }

    private SinkManifest Write(SinkManifest manifest, ImmutableArray<Batch> rows, long epoch)
    {
        parts.Files.CreateFolder(folder);
        // Never a name that was there before: a savepoint brings files of its own.
        var name = string.Create(CultureInfo.InvariantCulture, $"{epoch:D12}-{Guid.NewGuid():N}{RowFile.Extension}");
        var bytes = RowFile.Write(parts.Files, Path.Combine(folder, name), rows);
        return manifest with { Files = manifest.Files.Add(name), SizeBytes = manifest.SizeBytes + bytes };
    }

    private async Task CommitAsync(RowSink sink, SinkManifest manifest, long epoch, CancellationToken ct)
    {
        var session = await SessionAsync(sink, ct).ConfigureAwait(false);
        try
        {
            if (await session.LastEpochAsync(ct).ConfigureAwait(false) < epoch) await session.CommitAsync(new SinkEpoch(epoch, () => ReadAsync(manifest)), ct).ConfigureAwait(false);
        }
        catch
        {
            _sessions.Remove(sink.Name);
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async IAsyncEnumerable<Batch> ReadAsync(SinkManifest manifest)
    {
        foreach (var file in manifest.Files)
        {
            await foreach (var batch in RowFile.ReadAsync(parts.Files, Path.Combine(folder, file)).ConfigureAwait(false)) yield return batch;
        }
    }

    private async Task<ISinkSession> SessionAsync(RowSink sink, CancellationToken ct)
    {
        if (_sessions.TryGetValue(sink.Name, out var known)) return known;
        var target = new SinkTarget(plan.Name, _life, sink.Mode, sink.Columns, sink.Key) { Secrets = parts.Secrets ?? new EnvironmentSecrets(parts.Project.Root), Time = parts.Time, Lake = parts.Lake };
        return _sessions[sink.Name] = await sink.Sink.OpenAsync(target, ct).ConfigureAwait(false);
    }

    /// <summary>Removes files of a checkpoint that was never recorded, and such that were committed.</summary>
    private void Sweep(CheckpointRecord record)
    {
        var needed = record.SinkRows.SelectMany(m => m.Files).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*" + RowFile.Extension).Where(p => !needed.Contains(Path.GetFileName(p))).ToList()) parts.Files.Delete(path);
    }
}
