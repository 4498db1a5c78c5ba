using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Reads the columns of one row of a batch from left to right. Texts are valid while the batch is.</summary>
internal sealed class RowReader
{
    private Batch? _batch;
    private int _row;
    private int _column;

    /// <summary>Goes to the start of a row, counted from 0.</summary>
    public RowReader At(Batch batch, int row)
    {
        (_batch, _row, _column) = (batch, row, 0);
        return this;
    }

    /// <summary>A BIGINT, or the digits of a DECIMAL of at most 18.</summary>
    public long Long() => Next.Get<long>(_row);

    public Text Text() => Next.GetText(_row);

    /// <summary>A TIMESTAMP, as UTC.</summary>
    public DateTime Time() => new(DateTime.UnixEpoch.Ticks + (Long() * TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    /// <summary>All columns of table bid.</summary>
    public Bid Bid() => new(Long(), Long(), Long(), Text(), Text(), Time(), Text());

    /// <summary>All columns of table person.</summary>
    public Person Person() => new(Long(), Text(), Text(), Text(), Text(), Text(), Time(), Text());

    /// <summary>All columns of table auction.</summary>
    public Auction Auction() => new() { Id = Long(), ItemName = Text(), Description = Text(), InitialBid = Long(), Reserve = Long(), DateTime = Time(), Expires = Time(), Seller = Long(), Category = Long(), Extra = Text() };

    private Column Next => _batch![_column++];
}
