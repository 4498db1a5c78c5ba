using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The youngest bid of a bidder and auction; of the same time the last to arrive.</summary>
internal sealed class LastBids : KeyedProcess<(long Bidder, long Auction), Bid, Replaced<Bid>>
{
    private readonly ValueState<Bid> _last;

    public LastBids() => _last = Value<Bid>("last");

    protected override void Process(Bid row)
    {
        if (_last.Exists && _last.Value.DateTime > row.DateTime) return;
        Emit(new Replaced<Bid>(_last.Exists, _last.Value, row));
        _last.Value = row;
    }
}
