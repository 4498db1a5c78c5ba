using System.Buffers;
using System.Globalization;

namespace Leat.Core;

/// <summary>Durations as people write them in settings.</summary>
public static class Durations
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Reads <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c>, <c>1.5h</c>, <c>0</c> or <c>00:05:00</c>; false when it is none of these or out of range.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Contains(':')) return TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out value);
        var digits = trimmed.IndexOfAnyExcept(Digits);
        var unit = digits < 0 ? "" : trimmed[digits..].Trim().ToString();
        var number = digits < 0 ? trimmed : trimmed[..digits];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return false;
        double? milliseconds = unit switch
        {
            "ms" => 1,
            "s" or "sec" or "second" or "seconds" => 1_000,
            "m" or "min" or "minute" or "minutes" => 60_000,
            "h" or "hour" or "hours" => 3_600_000,
            "d" or "day" or "days" => 86_400_000,
            "" when count == 0 => 1,
            _ => null,
        };
        if (milliseconds is not { } factor || count * factor > 1e14) return false;
        value = TimeSpan.FromMilliseconds(count * factor);
        return true;
    }
}
