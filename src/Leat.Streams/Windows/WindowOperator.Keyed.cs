namespace Leat.Streams.Windows;

/// <summary>A window operator by <typeparamref name="TKey"/>, whatever its rows.</summary>
internal abstract class WindowOperator<TKey> : WindowOperator
{
    public abstract void AddStream<TOut>(ResultOutput<TKey, TOut> stream);

    /// <summary>Results as they change, every so often.</summary>
    public abstract void AddUpdates<TOut>(TimeSpan every, ResultOutput<TKey, TOut> stream);
}
