namespace Leat.Log;

/// <summary>DescribeConfigs, versions 0 to 4.</summary>
internal static class DescribeConfigsApi
{
    public sealed record Request(List<Resource> Resources, bool WithSynonyms);

    /// <summary>Settings asked for; no names = all.</summary>
    public sealed record Resource(int Type, string Name, List<string>? Names);

    /// <summary>A setting. Sources: 1 topic, 4 broker's file, 5 default. Types: 1 bool, 2 text, 3 int, 5 long, 6 double, 7 list.</summary>
    public sealed record Config(string Name, string? Value, int Source, int Type, bool IsReadOnly = false);

    public sealed record Result(KafkaError Error, string? Message, int Type, string Name, IReadOnlyList<Config> Configs);

    public static Request Read(ref KafkaReader r)
    {
        var request = new Request(r.ReadArray(ReadResource), r.Version >= 1 && r.ReadBool());
        if (r.Version >= 3) r.ReadBool(); // documentation
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, IReadOnlyCollection<Result> results, bool withSynonyms)
    {
        w.WriteThrottle();
        w.WriteArray(results, (w, result) =>
        {
            w.WriteError(result.Error);
            w.WriteString(result.Message);
            w.WriteInt8(result.Type);
            w.WriteString(result.Name);
            w.WriteArray(result.Configs, (w, config) => WriteConfig(w, config, withSynonyms));
        });
        w.WriteTags();
    }

    private static Resource ReadResource(ref KafkaReader r)
    {
        var resource = new Resource(r.ReadInt8(), r.ReadString(), r.ReadNullableArray(static (ref KafkaReader r) => r.ReadString()));
        r.SkipTags();
        return resource;
    }

    private static void WriteConfig(KafkaWriter w, Config config, bool withSynonyms)
    {
        w.WriteString(config.Name);
        w.WriteString(config.Value);
        w.WriteBool(config.IsReadOnly);
        if (w.Version == 0) w.WriteBool(config.Source == ConfigSource.Default);
        else w.WriteInt8(config.Source);
        w.WriteBool(false); // none is secret
        if (w.Version >= 1)
        {
            w.WriteArray(withSynonyms ? [config] : Array.Empty<Config>(), static (w, same) =>
            {
                w.WriteString(same.Name);
                w.WriteString(same.Value);
                w.WriteInt8(same.Source);
            });
        }
        if (w.Version < 3) return;
        w.WriteInt8(config.Type);
        w.WriteString(null);
    }
}
