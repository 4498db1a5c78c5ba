namespace Storefront.Streams;

/// <summary>What a visitor did in the shop.</summary>
internal enum ShopEventType
{
    PageView,
    AddToCart,
    Checkout,
    Payment,
}
