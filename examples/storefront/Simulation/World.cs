using System.Collections.Immutable;

namespace Storefront.Simulation;

/// <summary>What exists in the shop: made once from a seed, never changed.</summary>
internal sealed class World
{
    private const int ProductCount = 240;
    private const int CustomerCount = 4000;
    private const int AdsPerCampaign = 10;
    private static readonly string[] Adjectives = ["Red", "Blue", "Small", "Large", "Vintage", "Woollen", "Wooden", "Glass", "Paper", "Copper"];
    private static readonly string[] Nouns = ["Lantern", "Mug", "Cushion", "Clock", "Candle", "Basket", "Tray", "Frame", "Kettle", "Blanket", "Notebook", "Umbrella"];
    private static readonly string[] Countries = ["United Kingdom", "Germany", "France", "Korea", "Spain", "Netherlands"];
    private static readonly (string Name, double ClickRate, double ConversionRate, decimal CostPerMille)[] CampaignPlans =
    [
        ("spring-sale", 0.012, 0.05, 2.10m), ("brand", 0.004, 0.02, 1.20m), ("retargeting", 0.025, 0.09, 4.80m),
        ("newsletter", 0.018, 0.06, 0.60m), ("video", 0.006, 0.015, 6.50m), ("search", 0.040, 0.08, 9.00m),
    ];

    public World(int seed)
    {
        var random = new Random(seed);
        Products = [.. Enumerable.Range(0, ProductCount).Select(i => new Product($"P{i:000}", $"{Pick(random, Adjectives)} {Pick(random, Nouns)}", decimal.Round((decimal)Math.Exp(random.NextDouble() * 4), 2) + 0.49m))];
        Customers = [.. Enumerable.Range(0, CustomerCount).Select(i => new Customer($"C{i:00000}", Countries[(int)(Math.Pow(random.NextDouble(), 3) * Countries.Length)]))];
        Campaigns = [.. CampaignPlans.Select(c => new Campaign(c.Name, c.ClickRate, c.ConversionRate, c.CostPerMille, [.. Enumerable.Range(0, AdsPerCampaign).Select(i => $"{c.Name}-{i}")]))];
    }

    public ImmutableArray<Product> Products { get; }

    public ImmutableArray<Customer> Customers { get; }

    public ImmutableArray<Campaign> Campaigns { get; }

    /// <summary>A product; the first ones are bought far more often than the last.</summary>
    public Product AnyProduct(Random random) => Products[(int)(Math.Pow(random.NextDouble(), 2.5) * Products.Length)];

    public Customer AnyCustomer(Random random) => Customers[random.Next(Customers.Length)];

    public Campaign AnyCampaign(Random random) => Campaigns[random.Next(Campaigns.Length)];

    private static T Pick<T>(Random random, T[] all) => all[random.Next(all.Length)];
}
