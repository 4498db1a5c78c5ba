namespace Leat.Streams.Joins;

/// <summary>A join that holds rows of both sides.</summary>
internal abstract class HeldJoin<TKey, TLeft, TRight, TOut> : KeyedCoProcess<TKey, TLeft, TRight, TOut>
{
    protected HeldJoin(JoinOutput<TLeft, TRight, TOut> output)
    {
        Output = output;
        LeftRows = new HeldRows<TLeft>(List<Held<TLeft>>("left"));
        RightRows = new HeldRows<TRight>(List<Held<TRight>>("right"));
    }

    protected JoinOutput<TLeft, TRight, TOut> Output { get; }

    protected HeldRows<TLeft> LeftRows { get; }

    protected HeldRows<TRight> RightRows { get; }
}
