using System.Collections.Frozen;

namespace Leat.Log;

/// <summary>What a pass over a partition goes by.</summary>
/// <param name="Keys">Newest offset of each key up to <paramref name="EndExcl"/>.</param>
/// <param name="EndExcl">Records from here on are left alone.</param>
/// <param name="View">Tells aborted transactions.</param>
/// <param name="NowMs">Clock of the log.</param>
/// <param name="TombstoneRetentionMs">How long tombstones and markers stay.</param>
internal sealed record CompactionPass(KeyMap Keys, long EndExcl, PartitionView View, long NowMs, long TombstoneRetentionMs)
{
    /// <summary>First offsets of batches that producers go by: without records they stay as headers, so that sequences can be read from the log again.</summary>
    public IReadOnlySet<long> Remembered { get; init; } = FrozenSet<long>.Empty;

    /// <summary>When the next tombstone may go; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextHorizonMs { get; set; } = long.MaxValue;

    /// <summary>Offsets of abort markers that were dropped.</summary>
    public HashSet<long> RemovedMarkers { get; } = [];

    /// <summary>Producers whose transaction under way has kept records.</summary>
    public HashSet<long> KeptTransactions { get; } = [];
}
