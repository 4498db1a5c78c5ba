using Leat.Core;

namespace Leat.Streams.Tests;

/// <summary>A view of an ad that is known.</summary>
internal readonly record struct CampaignView(Text Campaign, Text User, decimal Cost);
