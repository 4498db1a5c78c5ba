namespace Leat.Bench.Nexmark;

/// <summary>A row of a query's result; its <c>ToString</c> is the canonical form. Loop, job and peer all give their rows as this type.</summary>
internal interface INexmarkRow<TSelf>
    where TSelf : struct, INexmarkRow<TSelf>
{
    /// <summary>Adds every field, in the order of the columns.</summary>
    void AddTo(ref RowHash hash);

    /// <summary>The row as the peer gives it: the columns of the query's SQL, one call of the reader a column.</summary>
    static abstract TSelf Read(RowReader reader);
}
