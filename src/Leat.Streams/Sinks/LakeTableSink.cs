using Leat.Core;
using Leat.Lake;

namespace Leat.Streams.Sinks;

/// <summary>A lake table whose rows change: merged by key, or replaced as a whole, one Delta commit with the epoch as its transaction.</summary>
internal sealed class LakeTableSink(string table) : IStreamSink
{
    public string Table => table;

    public string Name => $"lake table {table}";

    public async ValueTask<ISinkSession> OpenAsync(SinkTarget target, CancellationToken ct)
    {
        var lake = target.Lake ?? throw StreamErrors.NoLake(target.Job);
        return new Session(await lake.CreateAsync(table, target.Columns, [], ct).ConfigureAwait(false), target);
    }

    private sealed class Session(ILakeTable table, SinkTarget target) : ISinkSession
    {
        private readonly string _appId = $"leat/{target.Job}/{target.Life}/{table.Name}";

        public async ValueTask<long> LastEpochAsync(CancellationToken ct) => (await table.SnapshotAsync(null, ct).ConfigureAwait(false)).Transactions.GetValueOrDefault(_appId);

        public async ValueTask CommitAsync(SinkEpoch epoch, CancellationToken ct)
        {
            var mark = new LakeTransaction(_appId, epoch.Number);
            var outcome = target.Mode == SinkMode.Upsert
                ? await table.MergeAsync(epoch.ReadAsync(), new LakeMerge(target.Key, mark), ct).ConfigureAwait(false)
                : await ReplaceAsync(epoch, mark, ct).ConfigureAwait(false);
            if (outcome is CommitOutcome.Conflict conflict) throw StreamErrors.LakeConflict(table.Name, conflict.Reason, target.Job);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async ValueTask<CommitOutcome> ReplaceAsync(SinkEpoch epoch, LakeTransaction mark, CancellationToken ct)
        {
            var staged = await table.StageAsync(epoch.ReadAsync(), ct).ConfigureAwait(false);
            var outcome = await table.CommitAsync(new LakeCommit(staged, [mark]) { Replace = true }, ct).ConfigureAwait(false);
            if (outcome is not CommitOutcome.Committed) await table.DeleteStagedAsync(staged, ct).ConfigureAwait(false);
            return outcome;
        }
    }
}
