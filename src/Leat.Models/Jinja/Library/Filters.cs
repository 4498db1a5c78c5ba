using System.Collections.Frozen;

namespace Leat.Models.Jinja;

/// <summary>The filters by name: Jinja's own and dbt's.</summary>
internal static class Filters
{
    private static readonly FrozenDictionary<string, Func<object?, CallArguments, object?>> Known = new IEnumerable<KeyValuePair<string, Func<object?, CallArguments, object?>>>[]
    {
        TextFilters.All, SequenceFilters.All, SelectionFilters.All, ValueFilters.All,
    }.SelectMany(group => group).ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Known.Keys;

    public static bool Exists(string name) => Known.ContainsKey(name);

    public static Func<object?, CallArguments, object?> Find(string name) => Known.TryGetValue(name, out var filter)
        ? filter
        : throw new JinjaError(ErrorKind.TemplateRuntimeError, $"No filter named {PyText.Repr(name)}.", "use a filter that exists");
}
