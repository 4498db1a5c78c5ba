using Leat.Core;

namespace Storefront.Streams;

/// <summary>Goods that stayed in a cart; price in pounds.</summary>
internal readonly record struct AbandonedItem(Text CustomerId, Text? StockCode, decimal? Price, DateTime PutAt);
