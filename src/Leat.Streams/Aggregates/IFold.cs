using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>How values become a result: the arithmetic of one kind of aggregate.</summary>
/// <typeparam name="TValue">Value taken.</typeparam>
/// <typeparam name="TState">What is kept a row; its default is "no value yet".</typeparam>
internal interface IFold<TValue, TState>
{
    static abstract void Add(ref TState state, TValue value);

    static abstract void Merge(ref TState state, in TState other);

    /// <summary>Whether <see cref="Deduct"/> takes a merge back without a trace.</summary>
    static virtual bool CanDeduct => false;

    /// <summary>Takes back what was merged.</summary>
    static virtual void Deduct(ref TState state, in TState other) => throw new NotSupportedException();

    static abstract object? Read(in TState state);

    /// <summary>The result without a box, where there is one and it is of that type.</summary>
    static virtual bool TryRead<TResult>(in TState state, out TResult result)
    {
        result = default!;
        return false;
    }

    static abstract void Write(in TState state, StateWriter writer);

    static abstract TState Load(StateReader reader);
}
