using Leat.Core;

namespace Leat.Log;

/// <summary>Consumer groups of a log.</summary>
public interface IConsumerGroups
{
    /// <summary>A consumer that joins at its first read.</summary>
    IGroupConsumer Join(GroupOptions options);

    /// <summary>All groups that have members or offsets, by id.</summary>
    ValueTask<IReadOnlyList<GroupInfo>> ListAsync(CancellationToken ct);

    /// <summary>Offsets the group has committed; empty when it has none.</summary>
    ValueTask<IReadOnlyList<GroupOffset>> CommittedAsync(string group, CancellationToken ct);

    /// <summary>What the group has still to read, for each partition with a committed offset.</summary>
    ValueTask<IReadOnlyList<GroupLag>> LagAsync(string group, CancellationToken ct);

    /// <summary>Sets offsets of a group without members: to begin somewhere else, or to keep offsets without taking part in rebalancing. Durable when done.</summary>
    /// <exception cref="LeatException">LEAT2034 the group has members.</exception>
    ValueTask SetOffsetsAsync(string group, IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct);

    /// <summary>Forgets the group and its offsets.</summary>
    /// <exception cref="LeatException">LEAT2034 the group has members; LEAT2035 there is no such group.</exception>
    ValueTask DeleteAsync(string group, CancellationToken ct);
}
