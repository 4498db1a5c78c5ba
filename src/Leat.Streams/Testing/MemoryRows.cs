using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Lake;

namespace Leat.Streams.Testing;

/// <summary>Rows of values as batches.</summary>
internal static class MemoryRows
{
    public static async IAsyncEnumerable<Batch> ReadAsync(Schema schema, ImmutableArray<ImmutableArray<object?>> rows)
    {
        using var builder = new BatchBuilder(schema);
        foreach (var row in rows)
        {
            builder.AppendRow(row.AsSpan());
            if (builder.IsFull) yield return builder.Build();
        }

        if (builder.RowCount > 0) yield return builder.Build();
        await Task.CompletedTask.ConfigureAwait(false);
    }

    public static bool IsIn(object? value, LakeRange range) => value is not null && Convert.ToInt64(value, CultureInfo.InvariantCulture) is var number && number >= range.From && number < range.ToExcl;
}
