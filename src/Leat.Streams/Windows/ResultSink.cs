namespace Leat.Streams.Windows;

/// <summary>Takes results of windows while their memory is alive: called under the lock of their shard.</summary>
internal abstract class ResultSink<TKey>
{
    public abstract void Emit(in WindowedRow<TKey> row);

    /// <summary>What was emitted is about to lose its memory.</summary>
    public abstract void Pass();
}
