using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;

namespace Leat.Serve.Tests.Fakes;

/// <summary>One table with a file a version; versions before 2 were cleaned up.</summary>
internal sealed class FakeLake : ILakeCatalog, ILakeTable
{
    private const long Newest = 4;

    public string Name => "raw.orders";

    public string Root => "/lake/raw/orders";

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<string>>([Name]);

    public ValueTask<ILakeTable?> FindAsync(string name, CancellationToken ct) => ValueTask.FromResult<ILakeTable?>(name == Name ? this : null);

    public ValueTask<LakeSnapshot> SnapshotAsync(long? version, CancellationToken ct)
    {
        var at = version ?? Newest;
        if (at is < 2 or > Newest) throw new LeatException("LEAT3004", $"no version {at}", Name, "use 2 to 4");
        var files = Enumerable.Range(0, (int)at + 1).Select(i => new StagedFile($"part-{i}.parquet", 1000, 10, ImmutableDictionary<string, string?>.Empty, "{}"));
        return ValueTask.FromResult(new LakeSnapshot(Name, Root, at, Schema.Of(("id", DataType.Int64)), ["day"], [.. files], ImmutableDictionary<string, long>.Empty.Add("job", at)));
    }

    public ValueTask<ILakeTable> CreateAsync(string name, Schema schema, IReadOnlyList<string> partitionColumns, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<StagedFiles> StageAsync(IAsyncEnumerable<Batch> rows, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<CommitOutcome> MergeAsync(IAsyncEnumerable<Batch> rows, LakeMerge merge, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<CommitOutcome> CommitAsync(LakeCommit commit, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<CommitOutcome> AppendAsync(IAsyncEnumerable<Batch> rows, LakeTransaction? transaction, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<int> DeleteStagedAsync(StagedFiles files, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, LakeSlice slice, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<LakeVersion> StartAsync(long? version, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<LakeVersion?> FindVersionAsync(long version, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<Batch> ReadAsync(LakeVersion version, LakeFile file, ImmutableArray<string> columns, long fromRow, CancellationToken ct) => throw new NotSupportedException();
}
