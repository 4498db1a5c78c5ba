using Leat.Core;

namespace Leat.Log;

/// <summary>Readers of the partitions a member holds, served in turn. Owned by the consumer's caller.</summary>
internal sealed class AssignedPartitions(GroupScene scene, bool fromStart) : IAsyncDisposable
{
    private readonly List<(TopicPartition Partition, ILogReader Reader)> _readers = [];
    private readonly Dictionary<TopicPartition, long> _handedOut = [];
    private readonly Dictionary<TopicPartition, long> _committed = [];
    private int _turn;

    public IReadOnlyCollection<TopicPartition> All => [.. _readers.Select(r => r.Partition)];

    public bool Holds(TopicPartition partition) => _readers.Exists(r => r.Partition == partition);

    /// <summary>Replaces what is held.</summary>
    public async ValueTask TakeAsync(GroupShare share)
    {
        await DisposeAsync().ConfigureAwait(false);
        foreach (var (partition, from) in share.Partitions) _readers.Add((partition, scene.Log.OpenReader(partition, from)));
    }

    /// <summary>Records of the next partition that has any; each partition gets its turn.</summary>
    public async ValueTask<GroupRead?> TryReadAsync(int maxBytes, CancellationToken ct)
    {
        for (var left = _readers.Count; left > 0 && _readers.Count > 0; left--)
        {
            _turn = (_turn + 1) % _readers.Count;
            var (partition, reader) = _readers[_turn];
            if (scene.Batches.Find(partition.Topic) is null)
            {
                // The topic was deleted; the next rebalance hands its partitions to nobody.
                _readers.RemoveAt(_turn);
                await reader.DisposeAsync().ConfigureAwait(false);
                continue;
            }
            if (await ReadAsync(partition, reader, maxBytes, ct).ConfigureAwait(false) is not { } block) continue;
            _handedOut[partition] = block.EndOffsetExcl;
            return new GroupRead(partition, block);
        }
        return null;
    }

    /// <summary>Completes when one of the partitions may have something.</summary>
    public Task WhenReadable() => Task.WhenAny(_readers.Select(r => scene.Batches.WhenBeyond(r.Partition, r.Reader.Position, committedOnly: true)).DefaultIfEmpty(NeverTask));

    /// <summary>What was handed out and not yet committed.</summary>
    public IReadOnlyList<OffsetToCommit> Uncommitted() =>
        [.. _handedOut.Where(o => !_committed.TryGetValue(o.Key, out var known) || known != o.Value).Select(o => new OffsetToCommit(o.Key, o.Value))];

    public void NoteCommitted(TopicPartition partition, long offset) => _committed[partition] = offset;

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, reader) in _readers) await reader.DisposeAsync().ConfigureAwait(false);
        _readers.Clear();
        _handedOut.Clear();
        _committed.Clear();
    }

    private static Task NeverTask => new TaskCompletionSource().Task;

    /// <summary>Reads; begins anew where the position is no longer, or not yet again, in the partition.</summary>
    private async ValueTask<RecordBlock?> ReadAsync(TopicPartition partition, ILogReader reader, int maxBytes, CancellationToken ct)
    {
        try
        {
            return await reader.ReadAsync(maxBytes, TimeSpan.Zero, ct).ConfigureAwait(false);
        }
        catch (LeatException e) when (e.Code == "LEAT2020")
        {
            var info = await scene.Log.DescribeAsync(partition, ct).ConfigureAwait(false);
            reader.Seek(fromStart ? info.StartOffset : info.EndOffsetExcl);
            return await reader.ReadAsync(maxBytes, TimeSpan.Zero, ct).ConfigureAwait(false);
        }
    }
}
