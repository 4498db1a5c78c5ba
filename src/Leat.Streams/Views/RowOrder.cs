using System.Collections.Immutable;

namespace Leat.Streams.Views;

/// <summary>Rows by their leading key columns; texts by ordinal.</summary>
internal sealed class RowOrder(int keyColumns) : IComparer<ImmutableArray<object?>>
{
    public int Compare(ImmutableArray<object?> x, ImmutableArray<object?> y)
    {
        for (var i = 0; i < keyColumns; i++)
        {
            var order = x[i] is string a && y[i] is string b ? string.CompareOrdinal(a, b) : Comparer<object?>.Default.Compare(x[i], y[i]);
            if (order != 0) return order;
        }

        return 0;
    }
}
