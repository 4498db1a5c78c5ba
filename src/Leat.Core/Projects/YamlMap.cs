using System.Globalization;

namespace Leat.Core;

/// <summary>A map of a YAML file, keys in order of the file, with typed getters whose errors name the place and the remedy.</summary>
public sealed class YamlMap : YamlValue
{
    private readonly Dictionary<string, YamlValue> _values;
    private readonly List<YamlScalar> _keys;

    internal YamlMap(List<YamlScalar> keys, Dictionary<string, YamlValue> values, string file, int line, int column)
        : base(file, line, column)
    {
        _keys = keys;
        _values = values;
    }

    /// <summary>Keys in order of the file, each with its place.</summary>
    public IReadOnlyList<YamlScalar> Keys => _keys;

    public override string Shape => "map";

    /// <summary>The value of a key, or null when it is absent or null.</summary>
    public YamlValue? this[string key] => _values.TryGetValue(key, out var value) && value is not YamlScalar { IsNull: true } ? value : null;

    /// <summary>Whether the key has a value other than null.</summary>
    public bool Has(string key) => this[key] is not null;

    /// <summary>Place of the key's value, else of the map.</summary>
    public string PlaceOf(string key) => _values.TryGetValue(key, out var value) ? value.Place : Place;

    /// <summary>Refuses every key that is not among <paramref name="known"/>.</summary>
    /// <exception cref="LeatException">LEAT1003 with the nearest known key.</exception>
    public void AllowOnly(params IReadOnlyCollection<string> known)
    {
        foreach (var key in _keys)
        {
            if (known.Contains(key.Text)) continue;
            var nearest = Nearest.To(key.Text, known);
            var todo = nearest is null ? $"remove it, or use one of {string.Join(", ", known)}" : $"write '{nearest}' instead, or remove it";
            throw key.Wrong($"unknown key '{key.Text}'; known keys are {string.Join(", ", known)}", todo, "LEAT1003");
        }
    }

    /// <summary>Text of a key that must be there.</summary>
    public string GetText(string key) => FindText(key) ?? throw Missing(key, "a text");

    /// <summary>Text of a key, or <paramref name="otherwise"/>.</summary>
    public string GetText(string key, string otherwise) => FindText(key) ?? otherwise;

    /// <summary>Text of a key, or null when absent.</summary>
    public string? FindText(string key) => this[key] switch
    {
        null => null,
        YamlScalar scalar => scalar.Text,
        var other => throw other.Wrong($"'{key}' is a {other.Shape}; it must be a text", $"write {key}: VALUE"),
    };

    /// <summary>Whole number of a key within a range, or <paramref name="otherwise"/>.</summary>
    public long GetInteger(string key, long otherwise, long least = long.MinValue, long most = long.MaxValue)
    {
        if (FindText(key) is not { } text) return otherwise;
        if (long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        var range = least == long.MinValue && most == long.MaxValue ? "" : $" from {least} to {most}";
        throw NotA(key, text, $"a whole number{range}", otherwise.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Number of a key, or <paramref name="otherwise"/>.</summary>
    public double GetNumber(string key, double otherwise) => FindNumber(key) ?? otherwise;

    /// <summary>Number of a key, or null when absent.</summary>
    public double? FindNumber(string key)
    {
        if (FindText(key) is not { } text) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw NotA(key, text, "a number", "1.5");
    }

    /// <summary>true/false (also yes/no, on/off) of a key, or <paramref name="otherwise"/>.</summary>
    public bool GetBoolean(string key, bool otherwise) => FindText(key) switch
    {
        null => otherwise,
        "true" or "True" or "yes" or "on" => true,
        "false" or "False" or "no" or "off" => false,
        var text => throw NotA(key, text, "true or false", otherwise ? "true" : "false"),
    };

    /// <summary>Duration such as <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c> or <c>00:05:00</c>, or <paramref name="otherwise"/>.</summary>
    public TimeSpan GetDuration(string key, TimeSpan otherwise) => FindDuration(key) ?? otherwise;

    /// <summary>Duration of a key, or null when absent.</summary>
    public TimeSpan? FindDuration(string key)
    {
        if (FindText(key) is not { } text) return null;
        return Durations.TryParse(text, out var value) ? value : throw NotA(key, text, "a duration such as 500ms, 10s, 5m, 2h, 7d or 00:05:00", "10s");
    }

    /// <summary>Value of a key as one of an enumeration's names in snake_case, or <paramref name="otherwise"/>.</summary>
    public T GetChoice<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (FindText(key) is not { } text) return otherwise;
        if (Enum.TryParse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])) return value;
        var names = Enum.GetNames<T>().Select(SnakeCase.Of).ToList();
        throw NotA(key, text, "one of " + string.Join(", ", names), Nearest.To(text, names) ?? names[0]);
    }

    /// <summary>Texts of a key that holds a list of texts (or one text); empty when absent.</summary>
    public IReadOnlyList<string> GetTexts(string key) => this[key] switch
    {
        null => [],
        YamlScalar scalar => [scalar.Text],
        YamlList list => [.. list.Items.Select(item => item is YamlScalar text ? text.Text : throw item.Wrong($"an item of '{key}' is a {item.Shape}; it must be a text", $"write {key}: [a, b]"))],
        var other => throw other.Wrong($"'{key}' is a {other.Shape}; it must be a list of texts", $"write {key}: [a, b]"),
    };

    /// <summary>Map of a key that must be there.</summary>
    public YamlMap GetMap(string key) => FindMap(key) ?? throw Missing(key, "a map");

    /// <summary>Map of a key, or null when absent.</summary>
    public YamlMap? FindMap(string key) => this[key] switch
    {
        null => null,
        YamlMap map => map,
        var other => throw other.Wrong($"'{key}' is a {other.Shape}; it must be a map", $"write '{key}:' and indent its settings below"),
    };

    /// <summary>Maps of a key that holds a list of maps; empty when absent.</summary>
    public IReadOnlyList<YamlMap> GetMaps(string key) => this[key] switch
    {
        null => [],
        YamlList list => [.. list.Items.Select(item => item as YamlMap ?? throw item.Wrong($"an item of '{key}' is a {item.Shape}; it must be a map", "write '- name: ...' and indent the rest below"))],
        var other => throw other.Wrong($"'{key}' is a {other.Shape}; it must be a list", $"write '{key}:' and '- name: ...' below"),
    };

    /// <summary>An error about a key's value.</summary>
    public LeatException Wrong(string key, string what, string todo, string code) => new(code, what, PlaceOf(key), todo);

    private LeatException Missing(string key, string shape)
    {
        var near = Nearest.To(key, _keys.Select(k => k.Text).Where(k => k != key));
        return Wrong($"'{key}' is missing; it must be {shape}", near is null ? $"add {key}: VALUE" : $"add {key}: VALUE (is '{near}' meant to be '{key}'?)");
    }

    private LeatException NotA(string key, string text, string allowed, string example, int shown = 80) =>
        new("LEAT1004", $"'{key}' is '{(text.Length > shown ? text[..shown] + "..." : text)}'; it must be {allowed}", PlaceOf(key), $"write for example {key}: {example}");
}
