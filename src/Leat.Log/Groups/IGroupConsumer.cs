using Leat.Core;

namespace Leat.Log;

/// <summary>A member of a consumer group: reads the partitions handed to it. Owned by one caller at a time.</summary>
public interface IGroupConsumer : IAsyncDisposable
{
    /// <summary>Partitions this member reads now; changes only inside <see cref="ReadAsync"/>.</summary>
    IReadOnlyCollection<TopicPartition> Assignment { get; }

    /// <summary>Called inside <see cref="ReadAsync"/> before partitions are given up: the last chance to commit what was done of them.</summary>
    Func<IReadOnlyCollection<TopicPartition>, CancellationToken, ValueTask>? OnRevoked { get; set; }

    /// <summary>Called inside <see cref="ReadAsync"/> when partitions were taken over.</summary>
    Func<IReadOnlyCollection<TopicPartition>, CancellationToken, ValueTask>? OnAssigned { get; set; }

    /// <summary>The next records of any assigned partition, in order within a partition.</summary>
    /// <param name="maxBytes">Stop adding batches beyond this size.</param>
    /// <param name="maxWait">How long to wait when nothing is there; also the time a rebalance may take before null is answered.</param>
    /// <param name="ct">Stops the wait.</param>
    /// <returns>Null when nothing arrived in time.</returns>
    /// <exception cref="LeatException">LEAT2032 this instance id was taken over by another member.</exception>
    ValueTask<GroupRead?> ReadAsync(int maxBytes, TimeSpan maxWait, CancellationToken ct);

    /// <summary>Commits what <see cref="ReadAsync"/> has handed out so far.</summary>
    ValueTask CommitAsync(CancellationToken ct);

    /// <summary>Commits these offsets.</summary>
    /// <exception cref="LeatException">LEAT2033 the member is not in the group any more, or a partition is not its own: another member goes on from the older offset.</exception>
    ValueTask CommitAsync(IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct);
}
