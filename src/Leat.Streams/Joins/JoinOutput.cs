namespace Leat.Streams.Joins;

/// <summary>What a join makes of pairs, and of rows without a partner.</summary>
internal sealed record JoinOutput<TLeft, TRight, TOut>(JoinKind Kind, Func<Side<TLeft>, Side<TRight>, TOut> Select)
{
    public bool KeepsLeft => Kind is JoinKind.Left or JoinKind.Full;

    public bool KeepsRight => Kind is JoinKind.Right or JoinKind.Full;
}
