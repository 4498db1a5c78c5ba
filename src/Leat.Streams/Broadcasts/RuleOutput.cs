namespace Leat.Streams;

/// <summary>Takes the rows that a row gives under rules.</summary>
public sealed class RuleOutput<TOut>
{
    private readonly Action<TOut> _add;

    internal RuleOutput(Action<TOut> add) => _add = add;

    public void Add(TOut row) => _add(row);
}
