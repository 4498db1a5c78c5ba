namespace Leat.Streams.Aggregates;

/// <summary>Input of an aggregate that looks at no value: count.</summary>
internal sealed class NoInput<T> : AggregateInput<T>;
