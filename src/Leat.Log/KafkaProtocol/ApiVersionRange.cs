namespace Leat.Log;

/// <summary>Versions of one request that the port answers.</summary>
/// <param name="Key">Which.</param>
/// <param name="Min">First version.</param>
/// <param name="Max">Last version.</param>
/// <param name="FirstFlexible">First version with compact types and tag buffers; above <paramref name="Max"/> = none.</param>
internal readonly record struct ApiVersionRange(ApiKey Key, short Min, short Max, short FirstFlexible)
{
    public bool Holds(short version) => version >= Min && version <= Max;

    public bool IsFlexible(short version) => version >= FirstFlexible;
}
