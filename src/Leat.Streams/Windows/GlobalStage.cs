using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Execution;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;

namespace Leat.Streams.Windows;

/// <summary>Groups rows by key alone; none is late.</summary>
internal sealed class GlobalStage<TKey, T>(WindowOperator<TKey, T> window, PaneStore<TKey> store) : WindowStage<TKey, T>(window)
{
    protected override void Merge(GroupTable<TKey> local, ImmutableArray<AggregateColumn> columns) => store.Merge(local, columns);

    protected override void Locate(Chunk<T> chunk, WorkerContext context)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            if (IsFaulty(i)) Skip(i);
            else _ = Take(i, 0);
        }
    }
}
