namespace Leat.Streams.Operators;

internal sealed class SelectStage<TIn, TOut>(Func<TIn, TOut> selector, Stage<TOut> next) : LinkStage<TIn, TOut>("select", next)
{
    protected override void Fill(Chunk<TIn> input, ref int at, Chunk<TOut> output)
    {
        for (; at < input.Count; at++)
        {
            var to = output.Count;
            output.Items[to] = selector(input.Items[at]);
            output.Times[to] = input.Times[at];
            output.Ordinals[to] = input.Ordinals[at];
            output.Count = to + 1;
        }
    }
}
