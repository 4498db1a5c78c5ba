using Leat.Core;

namespace Storefront.Streams;

/// <summary>The fields of an ad event that the jobs read; topic "ad-events". Cost in pounds.</summary>
internal readonly record struct AdEvent(AdEventType EventType, DateTime EventTime, Text Campaign, decimal Cost);
