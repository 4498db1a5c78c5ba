using Leat.Core;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>One result column of a window: name, kind, type, and how its state is made.</summary>
internal sealed record Aggregate<T>(
    string Name, AggregateKind Kind, DataType Type, Func<int, AggregateInput<T>> CreateInput, Func<TextArena, AggregateColumn> CreateColumn);
