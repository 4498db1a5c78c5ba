namespace Leat.Log;

/// <summary>Where a group is in the rebalance protocol. Names are those Kafka answers with.</summary>
internal enum GroupState
{
    /// <summary>No members; maybe offsets.</summary>
    Empty,

    /// <summary>Members are being collected.</summary>
    PreparingRebalance,

    /// <summary>The generation is fixed; the leader has not yet spoken.</summary>
    CompletingRebalance,

    /// <summary>Every member has, or can fetch, its assignment.</summary>
    Stable,

    /// <summary>Forgotten.</summary>
    Dead,
}
