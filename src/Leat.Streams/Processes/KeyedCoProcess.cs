namespace Leat.Streams;

/// <summary>Code over the rows of a key from two streams.</summary>
public abstract class KeyedCoProcess<TKey, TLeft, TRight, TOut> : KeyedFunction<TKey, TOut>
{
    /// <inheritdoc cref="KeyedProcess{TKey, TIn, TOut}.Process"/>
    protected internal abstract void ProcessLeft(TLeft row);

    /// <inheritdoc cref="KeyedProcess{TKey, TIn, TOut}.Process"/>
    protected internal abstract void ProcessRight(TRight row);
}
