namespace Storefront.Streams;

/// <summary>What happened to an ad.</summary>
internal enum AdEventType
{
    Impression,
    Click,
    Conversion,
}
