using Leat.Core;

namespace Storefront.Streams;

/// <summary>The fields of a visitor's event that the jobs read; topic "shop-events". Amount in pounds.</summary>
internal readonly record struct ShopEvent(ShopEventType EventType, DateTime EventTime, Text CustomerId, Text? StockCode, decimal? Amount);
