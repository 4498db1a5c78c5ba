using Leat.Core;

namespace Leat.Bench.Ysb;

/// <summary>A row of the static campaign table.</summary>
internal readonly record struct YsbAd(Text AdId, Text CampaignId);
