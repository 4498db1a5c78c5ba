namespace Leat.Log;

/// <summary>A setting as a client sends it; null = the default.</summary>
internal readonly record struct ConfigValue(string Name, string? Value)
{
    public static ConfigValue Read(ref KafkaReader r)
    {
        var value = new ConfigValue(r.ReadString(), r.ReadNullableString());
        r.SkipTags();
        return value;
    }
}
