namespace Leat.Bench.Nexmark;

/// <summary>The ten highest bids of many groups, in one array, each group's in order.</summary>
internal sealed class TopBids
{
    private const int Limit = 10;
    private (long Price, int Bid)[] _bids = new (long, int)[Limit << 10];
    private byte[] _counts = new byte[1 << 10];
    private int _groups;

    /// <summary>Number of a new group, from 1.</summary>
    public int Open()
    {
        if (_groups == _counts.Length)
        {
            Array.Resize(ref _counts, _groups * 2);
            Array.Resize(ref _bids, _groups * 2 * Limit);
        }

        return ++_groups;
    }

    /// <summary>A bid that arrived after all those before: it stands behind equal prices.</summary>
    public void Take(int group, long price, int bid)
    {
        ref var count = ref _counts[group - 1];
        var top = _bids.AsSpan((group - 1) * Limit, Limit);
        if (count == Limit && price <= top[Limit - 1].Price) return;
        var place = count < Limit ? count++ : Limit - 1;
        for (; place > 0 && top[place - 1].Price < price; place--) top[place] = top[place - 1];
        top[place] = (price, bid);
    }

    /// <summary>A group's bids, the highest first.</summary>
    public ReadOnlySpan<(long Price, int Bid)> Of(int group) => _bids.AsSpan((group - 1) * Limit, _counts[group - 1]);
}
