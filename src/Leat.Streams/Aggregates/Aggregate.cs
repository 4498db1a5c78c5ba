using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>One aggregate of a window: name, kind, type, and how its state is made.</summary>
internal sealed record Aggregate<T>(
    string Name, AggregateKind Kind, DataType Type, Func<int, AggregateInput<T>> CreateInput, Func<TextArena, AggregateColumn> CreateColumn)
{
    /// <summary>Its result columns: one, but for several results of one sketch.</summary>
    public ImmutableArray<Field> Fields { get; init; } = [new Field(Name, Type)];

    /// <summary>Makes a state that merged states can be taken away from again; null where there is none that stays exact.</summary>
    public Func<TextArena, AggregateColumn>? CreateRunning { get; init; }

    /// <summary>Text that is equal for aggregates whose state is interchangeable.</summary>
    public string Layout { get; init; } = Kind.ToString();
}
