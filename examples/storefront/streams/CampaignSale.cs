using Leat.Core;

namespace Storefront.Streams;

/// <summary>A payment after a click on an ad; amount in pounds.</summary>
internal readonly record struct CampaignSale(Text Campaign, Text CustomerId, decimal Amount);
