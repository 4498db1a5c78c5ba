using System.Collections.Immutable;

namespace Storefront.Simulation;

/// <summary>An advertising campaign and how people answer to it; an impression costs a thousandth of <paramref name="CostPerMille"/> pounds.</summary>
internal sealed record Campaign(string Name, double ClickRate, double ConversionRate, decimal CostPerMille, ImmutableArray<string> Ads);
