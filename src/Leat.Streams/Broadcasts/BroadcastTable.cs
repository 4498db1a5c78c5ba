using Leat.Streams.Broadcasts;

namespace Leat.Streams;

/// <summary>The newest row of each key of a stream, kept by every job that has it and changed while the job runs: rules, or a compacted topic as a table. Its source is read to its end before other rows are.</summary>
public sealed class BroadcastTable<TKey, TRow>
{
    internal BroadcastTable(BroadcastState<TKey, TRow> state) => State = state;

    internal BroadcastState<TKey, TRow> State { get; }

    /// <summary>Rows held now.</summary>
    public int Count => State.Count;
}
