using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Operators;

namespace Leat.Streams.Windows;

/// <summary>Sessions: records of a key that are less than <see cref="Gap"/> apart belong together. Ticks of 100 ns since 1970.</summary>
internal sealed record SessionSettings(long Gap, long Lateness) : IWindowShape
{
    public string Signature => $"session {TimeSpan.FromTicks(Gap)}";

    public WindowStore<TKey> CreateStore<TKey>(KeyShape<TKey> shape, AggregateSet aggregates) =>
        new SessionStore<TKey>(shape, this, aggregates);

    public Stage<T> CreateStage<TKey, T>(WindowOperator<TKey, T> window) => new SessionStage<TKey, T>(window, (SessionStore<TKey>)window.Store);

    /// <summary>Whether a session takes no record any more.</summary>
    /// <param name="last">Time of its last record.</param>
    /// <param name="watermark">At which it is asked.</param>
    public bool IsFinal(long last, long watermark) => last + Gap + Lateness <= watermark;
}
