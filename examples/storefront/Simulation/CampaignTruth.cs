namespace Storefront.Simulation;

/// <summary>What a campaign's events sum up to.</summary>
internal sealed class CampaignTruth
{
    public long Impressions { get; set; }

    public long Clicks { get; set; }

    public long Conversions { get; set; }

    /// <summary>Pounds.</summary>
    public decimal Spend { get; set; }
}
