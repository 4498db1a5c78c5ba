namespace Leat.Streams.Operators;

/// <summary>Adds the row of a reference table; without one the record passes with the default row, or is left out.</summary>
internal sealed class LookupStage<TIn, TKey, TRow, TOut>(ReferenceTable<TKey, TRow> table, Func<TIn, TKey> key, Func<TIn, TRow?, TOut> join, bool keepUnmatched, Stage<TOut> next)
    : LinkStage<TIn, TOut>("lookup", next)
{
    protected override void Fill(Chunk<TIn> input, ref int at, Chunk<TOut> output)
    {
        for (; at < input.Count; at++)
        {
            if (!table.TryFind(key(input.Items[at]), out var row) && !keepUnmatched) continue;
            var to = output.Count;
            output.Items[to] = join(input.Items[at], row);
            output.Times[to] = input.Times[at];
            output.Ordinals[to] = input.Ordinals[at];
            output.Count = to + 1;
        }
    }
}
