using Leat.Streams.Graph;
using Leat.Streams.Sinks;

namespace Leat.Streams.Windows;

/// <summary>Results as they change, for a sink that keeps the newest of each key and window.</summary>
internal sealed class SinkUpdates<TKey>(WindowStore<TKey> store, RowSink sink, GraphNode node) : ResultSink<TKey>
{
    private int _emitted;

    public override void Emit(in WindowedRow<TKey> row)
    {
        _emitted++;
        sink.Add(store.Box(row).Values, row.IsGone);
    }

    public override void Pass()
    {
        node.Count(_emitted);
        _emitted = 0;
    }
}
