using Leat.Streams.Execution;
using Leat.Streams.Tables;

namespace Leat.Streams.Operators;

/// <summary>Adds the row of a reference table; without one the record passes with the default row, or is left out. A chunk sees the table as it was when the chunk came.</summary>
internal sealed class LookupStage<TIn, TKey, TRow, TOut>(ReferenceTable<TKey, TRow> table, Func<TIn, TKey> key, Func<TIn, TRow?, TOut> join, bool keepUnmatched, Stage<TOut> next)
    : LinkStage<TIn, TOut>("lookup", next)
{
    private TableRows<TKey, TRow>? _rows;

    public override void Process(Chunk<TIn> chunk, WorkerContext context)
    {
        // Rows that are replaced meanwhile are freed only when what follows has the chunk: texts may stand in them.
        using var rows = table.Use();
        _rows = rows;
        base.Process(chunk, context);
        _rows = null;
    }

    protected override void Fill(Chunk<TIn> input, ref int at, Chunk<TOut> output)
    {
        var rows = _rows!; // set for the time of a chunk
        for (; at < input.Count; at++)
        {
            if (!rows.TryFind(key(input.Items[at]), out var row) && !keepUnmatched) continue;
            var to = output.Count;
            output.Items[to] = join(input.Items[at], row);
            output.Times[to] = input.Times[at];
            output.Ordinals[to] = input.Ordinals[at];
            output.Count = to + 1;
        }
    }
}
