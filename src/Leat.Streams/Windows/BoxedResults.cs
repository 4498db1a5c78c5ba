namespace Leat.Streams.Windows;

/// <summary>Results with boxed values, which outlive the window's memory.</summary>
internal sealed class BoxedResults<TKey>(WindowStore<TKey> store, Action<WindowRow> take) : ResultSink<TKey>
{
    public override void Emit(in WindowedRow<TKey> row) => take(store.Box(row));

    public override void Pass()
    {
    }
}
