using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Storage;
using Leat.Streams.Jobs;

namespace Leat.Streams.Checkpoints;

/// <summary>What stands on disk of one job: its checkpoints, and whether it was stopped on purpose. All but <see cref="Copy"/> only while the job does not run.</summary>
internal sealed class JobFolder(string folder, DurableFiles files)
{
    private const int CopyBytes = 1 << 20;
    private readonly CheckpointStore _store = new(folder, files);

    /// <summary>Stopped until somebody starts it: it stays so through restarts of the process.</summary>
    public bool IsStopped => File.Exists(MarkPath);

    private string MarkPath => Path.Combine(folder, "stopped");

    public void MarkStopped(bool stopped)
    {
        if (stopped == IsStopped) return;
        files.CreateFolder(folder);
        if (stopped) files.Replace(MarkPath, ReadOnlyMemory<byte>.Empty);
        else files.Delete(MarkPath);
        files.SyncFolder(folder);
    }

    /// <summary>Newest checkpoint that is whole, or null.</summary>
    public CheckpointRecord? Newest() => Directory.Exists(folder) ? _store.LoadNewest(out _) : null;

    /// <summary>Drops all state: the next start is a new life of the job.</summary>
    /// <returns>Last epoch; 0 = there was none.</returns>
    public long Reset() => _store.Clear();

    /// <summary>Copies a checkpoint whose sinks have committed, with all it needs, to a folder of its own. The record is written last: without it the folder is no savepoint.</summary>
    /// <returns>Null: there is no such checkpoint, or no more.</returns>
    /// <exception cref="LeatException">LEAT2136 the folder is not empty.</exception>
    public Savepoint? Copy(string job, long epoch, string to)
    {
        if (_store.Load(epoch) is not { } record) return null;
        if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()) throw StreamErrors.SavepointFolder(to, "is not empty", "name a new folder, or leave the path out");
        files.CreateFolder(to);
        CopyJournal(Path.Combine(folder, record.Journal), Path.Combine(to, record.Journal), record.JournalLength);
        ImmutableArray<SinkManifest> waiting = [.. record.SinkRows.Where(m => !m.Commits)];
        CopyRows(folder, to, waiting);
        new CheckpointStore(to, files).Write(record with { Lake = [], Appends = [], SinkRows = waiting });
        return new Savepoint(job, to, epoch, record.JournalLength);
    }

    /// <summary>Makes a savepoint the newest checkpoint, as a new life of the job. Older checkpoints stay until they are pruned.</summary>
    /// <param name="from">Folder of the savepoint.</param>
    /// <param name="plan">The job, which must be able to take its state.</param>
    /// <param name="allowDropped">State of operators that the job no longer has is left out.</param>
    /// <param name="incarnation">Id of the new life.</param>
    /// <exception cref="LeatException">LEAT2136 not a savepoint; LEAT2130 damaged; LEAT2131, LEAT2132, LEAT2135 the job cannot take it.</exception>
    public void Import(string from, JobPlan plan, bool allowDropped, string incarnation)
    {
        var record = Directory.Exists(from) ? new CheckpointStore(from, files).LoadNewest(out _) : null;
        if (record is null) throw StreamErrors.SavepointFolder(from, "is no savepoint, or it is damaged", "name a folder that 'leat stream stop --savepoint' or 'leat stream savepoint' made");
        if (allowDropped) record = StateMatch.Drop(record, plan);
        _ = StateMatch.Of(record, plan);
        using (StateJournal.Open(files, Path.Combine(from, record.Journal), record.JournalLength, _ => { }))
        {
            // Opened to check every frame.
        }

        files.CreateFolder(folder);
        var epoch = Math.Max(_store.Newest, record.Epoch) + 1;
        var journal = epoch.ToString("D12", CultureInfo.InvariantCulture) + StateJournal.Extension;
        CopyJournal(Path.Combine(from, record.Journal), Path.Combine(folder, journal), record.JournalLength);
        CopyRows(from, folder, record.SinkRows);
        _store.Write(record with { Epoch = epoch, Incarnation = incarnation, Journal = journal });
    }

    /// <summary>The newest checkpoint may be loaded without the state of operators that the job no longer has.</summary>
    public void AllowDropped(JobPlan plan)
    {
        if (Newest() is { } record) _store.Write(StateMatch.Drop(record, plan));
    }

    private void CopyRows(string from, string to, ImmutableArray<SinkManifest> waiting)
    {
        foreach (var name in waiting.SelectMany(m => m.Files))
        {
            var source = Path.Combine(from, name);
            if (!File.Exists(source)) throw StreamErrors.DamagedState(source, "rows of the checkpoint that wait for a sink are missing");
            CopyJournal(source, Path.Combine(to, name), new FileInfo(source).Length);
        }
    }

    private void CopyJournal(string from, string to, long length)
    {
        if (File.Exists(to)) files.Delete(to);
        if (!File.Exists(from)) throw StreamErrors.DamagedState(from, "the state file of the checkpoint is missing");
        using var source = files.OpenRead(from);
        using var target = files.Create(to);
        var bytes = new byte[CopyBytes];
        for (long at = 0; at < length;)
        {
            var read = source.Read(bytes.AsSpan(0, (int)Math.Min(bytes.Length, length - at)), at);
            if (read == 0) throw StreamErrors.DamagedState(from, $"the state file has {at} bytes, the checkpoint needs {length}");
            target.Write(bytes.AsMemory(0, read), at);
            at += read;
        }

        target.Sync();
        files.SyncFolder(Path.GetDirectoryName(to)!);
    }
}
