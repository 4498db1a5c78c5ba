namespace Storefront.Simulation;

/// <summary>Something the shop sells; price in pounds.</summary>
internal sealed record Product(string StockCode, string Name, decimal Price);
