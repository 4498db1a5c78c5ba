namespace Storefront.Simulation;

/// <summary>What was really sent; the measure for what arrives. Amounts in pounds, exact.</summary>
internal sealed class GroundTruth
{
    /// <summary>Topic to events sent, duplicates and dirty ones included.</summary>
    public SortedDictionary<string, long> Sent { get; } = new(StringComparer.Ordinal);

    /// <summary>Topic to events sent that break the contract.</summary>
    public SortedDictionary<string, long> Dirty { get; } = new(StringComparer.Ordinal);

    /// <summary>Events sent a second time.</summary>
    public long Duplicates { get; set; }

    /// <summary>Events held back.</summary>
    public long Late { get; set; }

    /// <summary>Sum of quantity x price over the clean sale lines sent, duplicates included.</summary>
    public decimal Revenue { get; set; }

    /// <summary>Clean sale lines sent, duplicates included.</summary>
    public long SaleLines { get; set; }

    /// <summary>Campaign to what its clean events sent sum up to, duplicates included.</summary>
    public SortedDictionary<string, CampaignTruth> Campaigns { get; } = new(StringComparer.Ordinal);

    public void Count(SimulatedEvent sent)
    {
        Sent[sent.Topic] = Sent.GetValueOrDefault(sent.Topic) + 1;
        if (sent.Dirty) Dirty[sent.Topic] = Dirty.GetValueOrDefault(sent.Topic) + 1;
    }

    public CampaignTruth Of(string campaign)
    {
        if (!Campaigns.TryGetValue(campaign, out var truth)) Campaigns.Add(campaign, truth = new CampaignTruth());
        return truth;
    }
}
