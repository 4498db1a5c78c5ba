namespace Leat.Bench.Nexmark;

/// <summary>A row of q18: all columns of the last bid.</summary>
internal readonly record struct Q18Row(Bid Bid) : INexmarkRow<Q18Row>
{
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Bid);
    }

    public static Q18Row Read(RowReader reader) => new(reader.Bid());
}
