namespace Leat.Streams;

/// <summary>Code over the rows of a key, in the order in which they come.</summary>
/// <typeparam name="TKey">Key of the stream.</typeparam>
/// <typeparam name="TIn">Rows that come in; texts in them are valid inside the call, state copies what it keeps.</typeparam>
/// <typeparam name="TOut">Rows that come out.</typeparam>
public abstract class KeyedProcess<TKey, TIn, TOut> : KeyedFunction<TKey, TOut>
{
    /// <summary>A row of <see cref="KeyedFunction{TKey, TOut}.Key"/>. When it throws, the record becomes a dead letter; what it changed and emitted before stays.</summary>
    protected internal abstract void Process(TIn row);
}
