namespace Leat.Streams.Operators;

internal sealed class WhereStage<T>(Func<T, bool> predicate, Stage<T> next) : LinkStage<T, T>("where", next)
{
    protected override void Fill(Chunk<T> input, ref int at, Chunk<T> output)
    {
        for (; at < input.Count; at++)
        {
            if (!predicate(input.Items[at])) continue;
            var to = output.Count++;
            output.Items[to] = input.Items[at];
            output.Times[to] = input.Times[at];
            output.Ordinals[to] = input.Ordinals[at];
        }
    }
}
