namespace Leat.Bench.Nexmark;

/// <summary>Counts of a group with its key.</summary>
internal struct KeyedRanks<TKey>
{
    public TKey Key;
    public RankGroup Counts;
}
