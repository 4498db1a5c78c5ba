using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>The aggregates of an operator, whatever its rows.</summary>
/// <param name="Fields">Columns of the results.</param>
/// <param name="Create">Makes the state of all of them, with texts in an arena.</param>
internal sealed record AggregateSet(ImmutableArray<Field> Fields, Func<TextArena, ImmutableArray<AggregateColumn>> Create)
{
    /// <summary>Makes states that what was added can be taken away from again; null where an aggregate has none.</summary>
    public Func<TextArena, ImmutableArray<AggregateColumn>>? CreateRunning { get; init; }

    public static AggregateSet Of<T>(ImmutableArray<Aggregate<T>> aggregates) => new([.. aggregates.SelectMany(a => a.Fields)], arena => [.. aggregates.Select(a => a.CreateColumn(arena))])
    {
        CreateRunning = aggregates.All(a => a.CreateRunning is not null) ? arena => [.. aggregates.Select(a => a.CreateRunning!(arena))] : null,
    };
}
