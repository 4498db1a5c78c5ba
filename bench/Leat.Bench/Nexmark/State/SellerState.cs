namespace Leat.Bench.Nexmark;

/// <summary>What is known of a person's id.</summary>
internal struct SellerState
{
    /// <summary>The person's index + 1; 0 = has not come.</summary>
    public int Person;

    /// <summary>Head of the chain of auctions.</summary>
    public int Auctions;

    /// <summary>Head of the chain of bids (q23).</summary>
    public int Bids;
}
