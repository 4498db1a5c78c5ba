using System.Collections.Immutable;
using System.Text;
using Leat.Lake;
using Leat.Streams.Kernels;

namespace Leat.Streams.LakeSources;

/// <summary>The table that a source follows, for all of its partitions: which version is the newest, and which files of a version are read. Thread-safe.</summary>
/// <param name="table">The table.</param>
/// <param name="plan">What is read.</param>
/// <param name="start">Where a partition without checkpoint begins.</param>
/// <param name="time">The job's clock.</param>
internal sealed class LakeTail(ILakeTable table, LakePlan plan, LakeCursor start, TimeProvider time)
{
    private long _newest = -1;
    private LakeVersion? _start;
    private long _askedAt = time.GetTimestamp() - (time.TimestampFrequency * 3600);

    public ILakeTable Table => table;

    public LakeCursor Start => start;

    /// <summary>Newest version seen.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    public async ValueTask<long> AskAsync(CancellationToken ct)
    {
        Interlocked.Exchange(ref _askedAt, time.GetTimestamp());
        var newest = (await table.SnapshotAsync(null, ct).ConfigureAwait(false)).Version;
        for (var seen = Newest; newest > seen; seen = Newest)
            if (Interlocked.CompareExchange(ref _newest, newest, seen) == seen) break;
        return Newest;
    }

    /// <summary>The version, once it is there; null: not now. The table is asked no more often than the poll interval says.</summary>
    public async ValueTask<LakeVersion?> FindAsync(LakeCursor at, CancellationToken ct)
    {
        if (at.IsStart) return await StartAsync(at.Version, ct).ConfigureAwait(false);
        if (at.Version > Newest && time.GetElapsedTime(Interlocked.Read(ref _askedAt)) >= plan.Options.PollInterval) await AskAsync(ct).ConfigureAwait(false);
        return at.Version > Newest ? null : await table.FindVersionAsync(at.Version, ct).ConfigureAwait(false);
    }

    /// <summary>Files of a version in the order in which they are read.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2151 rows left the table, and the source reads what is appended.</exception>
    public ImmutableArray<LakeFile> FilesOf(LakeVersion version)
    {
        if (plan.ReadsChanges) return version.ChangeData.IsEmpty ? [.. version.Deleted, .. version.Inserted] : version.ChangeData;
        if (version.Deleted.IsEmpty) return version.Inserted;
        return plan.Options.Rewrites switch
        {
            LakeRewrites.SkipRewrites => [],
            LakeRewrites.ReadRewritten => version.Inserted,
            LakeRewrites.IgnoreDeletes when version.Inserted.IsEmpty => [],
            _ => throw StreamErrors.LakeRewritten(plan.Table, version.Version, version.Deleted.Length, version.Inserted.Length),
        };
    }

    /// <summary>The partition that reads a file.</summary>
    public int PartitionOf(LakeFile file) => plan.Options.Partitions == 1 ? 0 : (int)(Checksum.Of(Encoding.UTF8.GetBytes(file.Path)) % (uint)plan.Options.Partitions);

    /// <summary>Kept while partitions are in it: all files of a large table are sorted for it.</summary>
    private async ValueTask<LakeVersion> StartAsync(long version, CancellationToken ct)
    {
        if (Volatile.Read(ref _start) is { } known && known.Version == version) return known;
        var start = await table.StartAsync(version, ct).ConfigureAwait(false);
        Volatile.Write(ref _start, start);
        return start;
    }

    /// <summary>Rows of a partition that wait, as far as the log says, in at most <paramref name="most"/> versions.</summary>
    public async ValueTask<long> RowsAfterAsync(LakeCursor at, int partition, int most, CancellationToken ct)
    {
        var rows = 0L;
        for (var i = 0; i < most && at.Version <= Newest; i++, at = at.NextVersion())
        {
            var version = at.IsStart ? await StartAsync(at.Version, ct).ConfigureAwait(false) : await table.FindVersionAsync(at.Version, ct).ConfigureAwait(false);
            if (version is null || (!plan.ReadsChanges && !version.Deleted.IsEmpty)) continue;
            var files = FilesOf(version);
            for (var file = at.File; file < files.Length; file++)
                if (PartitionOf(files[file]) == partition) rows += Math.Max(0, files[file].Rows - (file == at.File ? at.Row : 0));
        }

        return rows;
    }
}
