namespace Leat.Bench.Nexmark;

/// <summary>Where a job's rows end: the sink of a timed run and the answer to be compared. One thread at a time; a job of several workers has one each and adds them up.</summary>
internal sealed class NexmarkAnswer : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private RowChecksum _sum;

    public RowChecksum Sum => _sum;

    /// <summary>A row of an append query, or the new state of an updating one.</summary>
    public void Add<TRow>(in TRow row)
        where TRow : struct, INexmarkRow<TRow> => _sum.Add(row);

    /// <summary>The state before, which an updating query takes back.</summary>
    public void Retract<TRow>(in TRow row)
        where TRow : struct, INexmarkRow<TRow> => _sum.Remove(row);

    public void Add(NexmarkAnswer other) => _sum.Add(other._sum);

    /// <summary>Something that ends with the run; its end is part of what is timed.</summary>
    public TOwned Own<TOwned>(TOwned owned)
        where TOwned : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    public void Dispose()
    {
        foreach (var owned in _owned) owned.Dispose();
        _owned.Clear();
    }
}
