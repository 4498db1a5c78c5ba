using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The ten highest bids of an auction, of equal prices the first to arrive. Changes come out together, once a second of event time at most.</summary>
internal sealed class HighestBids : KeyedProcess<long, Bid, RankChange>
{
    private const int Most = 10;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly ListState<ShownBid> _top;
    private readonly ListState<ShownBid> _gone;
    private readonly ValueState<bool> _isChanged;

    public HighestBids()
    {
        _top = List<ShownBid>("top");
        _gone = List<ShownBid>("gone");
        _isChanged = Value<bool>("changed");
    }

    protected override void Process(Bid row)
    {
        var rank = _top.Count;
        while (rank > 0 && _top.Items[rank - 1].Bid.Price < row.Price) rank--;
        if (rank == Most) return;
        if (_top.Count == Most)
        {
            if (_top.Items[Most - 1].Rank > 0) _gone.Add(_top.Items[Most - 1]);
            _top.RemoveAt(Most - 1);
        }

        _top.Insert(rank, new ShownBid { Bid = row });
        if (_isChanged.Value) return;
        _isChanged.Value = true;
        SetTimer(new DateTime(Time.Ticks - (Time.Ticks % Period.Ticks) + Period.Ticks, DateTimeKind.Utc));
    }

    protected override void OnTimer(DateTime time)
    {
        foreach (ref readonly var bid in _gone.Items) Emit(new RankChange(true, new Q19Row(bid.Bid, bid.Rank)));
        _gone.Clear();
        for (var i = 0; i < _top.Count; i++) Show(i, i + 1);
        _isChanged.Clear();
    }

    private void Show(int index, int rank)
    {
        var bid = _top.Items[index];
        if (bid.Rank == rank) return;
        if (bid.Rank > 0) Emit(new RankChange(true, new Q19Row(bid.Bid, bid.Rank)));
        Emit(new RankChange(false, new Q19Row(bid.Bid, rank)));
        _top[index] = bid with { Rank = rank };
    }
}
