using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Reads typed values out of YAML dicts.</summary>
internal static class YamlReading
{
    public static string? Text(this PyDict dict, string key) => dict.GetOrNull(key) is { } value ? PyText.Str(value) : null;

    public static PyDict Dict(this PyDict dict, string key) => dict.GetOrNull(key) as PyDict ?? new PyDict();

    /// <summary>A list; a single value counts as a list of one.</summary>
    public static IEnumerable<object?> Items(this PyDict dict, string key) => dict.GetOrNull(key) switch
    {
        null => [],
        PyList list => list,
        var single => [single],
    };

    public static IEnumerable<PyDict> Dicts(this PyDict dict, string key) => dict.Items(key).OfType<PyDict>();

    public static string[] Texts(this PyDict dict, string key) => [.. dict.Items(key).Select(PyText.Str)];

    /// <summary>A boolean, also from 'true' and 'false' as text, as Jinja in YAML makes them.</summary>
    /// <exception cref="LeatException">LEAT4022 it is something else.</exception>
    public static bool? Flag(this PyDict dict, string key, string where) => dict.GetOrNull(key) switch
    {
        null => null,
        bool flag => flag,
        string text when bool.TryParse(text, out var flag) => flag,
        var other => throw new LeatException("LEAT4022", $"'{key}' is {PyText.Repr(other)}; it must be true or false", where, $"write {key}: true or {key}: false"),
    };
}
