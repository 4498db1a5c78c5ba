namespace Leat.Log;

/// <summary>What consumers in this process work with.</summary>
internal sealed record GroupScene(IEventLog Log, IBatchLog Batches, GroupCoordinator Coordinator, TimeProvider Time);
