using Leat.Core;

namespace Storefront.Streams;

/// <summary>The fields of an ad event that tell who clicked; topic "ad-events".</summary>
internal readonly record struct AdClick(AdEventType EventType, DateTime EventTime, Text Campaign, Text? CustomerId);
