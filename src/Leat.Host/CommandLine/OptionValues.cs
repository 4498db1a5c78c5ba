using System.Buffers;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Leat.Core;

namespace Leat.Host.CommandLine;

/// <summary>Options whose values are words, sizes, durations or positions; a value that is not one is wrong usage.</summary>
internal static class OptionValues
{
    private static readonly SearchValues<char> Number = SearchValues.Create("0123456789.");
    private static readonly (string Unit, double Factor)[] Sizes = [("kb", 1L << 10), ("mb", 1L << 20), ("gb", 1L << 30), ("tb", 1L << 40), ("b", 1)];
    private static readonly (string Unit, double Factor)[] Durations = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

    /// <summary>One of some words.</summary>
    public static Option<T?> Word<T>(string name, string description, IReadOnlyDictionary<string, T> words)
        where T : struct => new(name)
        {
            Description = $"{description}: {string.Join(", ", words.Keys)}",
            HelpName = "WORD",
            CustomParser = result => words.TryGetValue(Only(result), out var value) ? value : Refuse<T?>(result, name, string.Join(", ", words.Keys), Nearest.To(Only(result), words.Keys)),
        };

    /// <summary>Bytes: 64MB, 10GB, 4096; with <paramref name="none"/> for no limit, which is long.MaxValue.</summary>
    public static Option<long?> Size(string name, string description, string? none = null) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result => Only(result) == none ? long.MaxValue : TryQuantity(Only(result), Sizes, out var bytes) ? (long)bytes : Refuse<long?>(result, name, $"a size such as 64MB{(none is null ? "" : $", or '{none}'")}", null),
    };

    /// <summary>A duration: 500ms, 90s, 30m, 12h, 7d; with <paramref name="none"/> for no limit, which is TimeSpan.MaxValue.</summary>
    public static Option<TimeSpan?> Duration(string name, string description, string? none = null) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Only(result) == none ? TimeSpan.MaxValue
            : TryQuantity(Only(result), Durations, out var seconds) && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds)
            : Refuse<TimeSpan?>(result, name, $"a duration such as 90s, 12h or 7d{(none is null ? "" : $", or '{none}'")}", null),
    };

    /// <summary>A place in a partition.</summary>
    public static Option<LogPosition?> Position(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "PLACE",
        CustomParser = result => LogPosition.TryParse(Only(result)) ?? Refuse<LogPosition?>(result, name, "an offset, 'start', 'end' or a time such as 2026-01-05T10:00:00Z", null),
    };

    private static string Only(ArgumentResult result) => result.Tokens is [var token] ? token.Value : "";

    private static T? Refuse<T>(ArgumentResult result, string name, string allowed, string? nearest)
    {
        result.AddError($"'{Only(result)}' is not a value of {name}; it takes {allowed}{(nearest is null ? "" : $" (did you mean '{nearest}'?)")}");
        return default;
    }

    private static bool TryQuantity(string text, (string Unit, double Factor)[] units, out double quantity)
    {
        var end = text.AsSpan().IndexOfAnyExcept(Number);
        var (number, unit) = end < 0 ? (text, "") : (text[..end], text[end..].ToLowerInvariant());
        var factor = unit.Length == 0 && units == Sizes ? 1 : units.FirstOrDefault(u => u.Unit == unit).Factor;
        quantity = 0;
        if (factor == 0 || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return false;
        quantity = value * factor;
        return quantity < long.MaxValue;
    }
}
