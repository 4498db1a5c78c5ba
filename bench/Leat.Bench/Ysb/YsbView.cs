using Leat.Core;

namespace Leat.Bench.Ysb;

/// <summary>A view of an ad, after the lookup.</summary>
internal readonly record struct YsbView(Text CampaignId);
