namespace Leat.Bench.Nexmark;

/// <summary>Sum and count of a group.</summary>
internal struct SumState
{
    public long Sum;
    public long Count;
}
