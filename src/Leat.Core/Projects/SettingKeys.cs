using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Leat.Core;

/// <summary>How YAML keys and environment variables become configuration keys: <c>log.kafka_port</c> and <c>LEAT__LOG__KAFKA_PORT</c> are both <c>Leat:Log:KafkaPort</c>.</summary>
internal static class SettingKeys
{
    private const string Prefix = "LEAT__";

    // Below these keys stand names that people gave, not settings: they stay as they are.
    private static readonly HashSet<string> Named = new(StringComparer.OrdinalIgnoreCase) { "topics", "tables", "jobs", "connections", "variables", "sources", "channels", "stores", "pools", "app" };

    public static void Flatten(YamlMap map, string prefix, Dictionary<string, string?> settings, IReadOnlyCollection<string> skip)
    {
        foreach (var key in map.Keys)
        {
            if (skip.Contains(key.Text) || map[key.Text] is not { } value) continue;
            Flatten(value, ConfigurationPath.Combine(prefix, SnakeCase.ToPascal(key.Text)), settings, Named.Contains(key.Text));
        }
    }

    public static void FromEnvironment(IDictionary environment, Dictionary<string, string?> settings)
    {
        foreach (DictionaryEntry entry in environment)
        {
            if (entry.Key is not string name || !name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) continue;
            settings["Leat:" + Path(name[Prefix.Length..].Split("__"))] = entry.Value as string;
        }
    }

    private static string Path(string[] segments)
    {
        var path = new List<string>(segments.Length);
        for (var i = 0; i < segments.Length; i++)
        {
            var named = i > 0 && Named.Contains(segments[i - 1]);
            path.Add(named ? segments[i] : segments[i].Replace("_", "", StringComparison.Ordinal));
        }
        return string.Join(':', path);
    }

    private static void Flatten(YamlValue value, string path, Dictionary<string, string?> settings, bool named)
    {
        switch (value)
        {
            case YamlScalar scalar:
                RemoveBelow(path, settings);
                settings[path] = scalar.Text;
                break;
            case YamlList list:
                RemoveBelow(path, settings);
                for (var i = 0; i < list.Items.Length; i++) Flatten(list.Items[i], ConfigurationPath.Combine(path, i.ToString(CultureInfo.InvariantCulture)), settings, false);
                break;
            case YamlMap map:
                foreach (var key in map.Keys)
                {
                    if (map[key.Text] is not { } inner) continue;
                    Flatten(inner, ConfigurationPath.Combine(path, named ? key.Text : SnakeCase.ToPascal(key.Text)), settings, !named && Named.Contains(key.Text));
                }
                break;
        }
    }

    // A target's list or text replaces the project's as a whole; maps are merged.
    private static void RemoveBelow(string path, Dictionary<string, string?> settings)
    {
        var below = path + ConfigurationPath.KeyDelimiter;
        foreach (var key in settings.Keys.Where(key => key.StartsWith(below, StringComparison.OrdinalIgnoreCase)).ToList()) settings.Remove(key);
    }
}
