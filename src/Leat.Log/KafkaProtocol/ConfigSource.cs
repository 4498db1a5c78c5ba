namespace Leat.Log;

/// <summary>Where the value of a setting comes from, as the protocol numbers it.</summary>
internal static class ConfigSource
{
    public const int Topic = 1;

    public const int Broker = 4;

    public const int Default = 5;
}
