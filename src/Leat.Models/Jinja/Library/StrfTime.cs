using System.Globalization;
using System.Text;

namespace Leat.Models.Jinja;

/// <summary>Python's strftime and strptime.</summary>
internal static class StrfTime
{
    public static string Write(PyDateTime value, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }
            var unpadded = format[i + 1] == '-' && i + 2 < format.Length;
            if (unpadded) i++;
            var part = Part(value, format[++i]);
            text.Append(unpadded && part.Length > 1 ? part.TrimStart('0') is { Length: > 0 } short_ ? short_ : "0" : part);
        }
        return text.ToString();
    }

    public static PyDateTime Read(string text, string format)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && i + 1 < format.Length) pattern.Append(NetPattern(format[++i]));
            else pattern.Append('\'').Append(format[i]).Append('\'');
        }
        var zoned = format.Contains("%z", StringComparison.Ordinal);
        if (zoned && DateTimeOffset.TryParseExact(text, pattern.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var offset))
            return new PyDateTime(offset.DateTime, new PyTimeZone(TimeZoneInfo.CreateCustomTimeZone("offset", offset.Offset, null, null), "UTC" + offset.ToString("zzz", CultureInfo.InvariantCulture)), false);
        if (!zoned && DateTime.TryParseExact(text, pattern.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) return new PyDateTime(parsed, null, false);
        throw new JinjaError(ErrorKind.ValueError, $"time data {PyText.Repr(text)} does not match format {PyText.Repr(format)}", "make format and text agree");
    }

    private static string NetPattern(char code) => code switch
    {
        'Y' => "yyyy", 'm' => "MM", 'd' => "dd", 'H' => "HH", 'M' => "mm", 'S' => "ss", 'y' => "yy", 'b' => "MMM", 'B' => "MMMM",
        'I' => "hh", 'p' => "tt", 'f' => "FFFFFF", 'z' => "zzz", 'a' => "ddd", 'A' => "dddd", '%' => "'%'",
        _ => throw new JinjaError(ErrorKind.ValueError, $"'{code}' is a bad directive in format", "use %Y %m %d %H %M %S %f %z"),
    };

    private static string Part(PyDateTime value, char code)
    {
        var at = value.Local;
        string Net(string pattern) => at.ToString(pattern, CultureInfo.InvariantCulture);
        string Padded(int number, int width) => number.ToString("D" + width.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return code switch
        {
            'Y' => Net("yyyy"), 'm' => Net("MM"), 'd' => Net("dd"), 'H' => Net("HH"), 'M' => Net("mm"), 'S' => Net("ss"), 'y' => Net("yy"),
            'b' => Net("MMM"), 'B' => Net("MMMM"), 'a' => Net("ddd"), 'A' => Net("dddd"), 'I' => Net("hh"), 'p' => Net("tt").ToUpperInvariant(), 'f' => Net("ffffff"),
            'j' => Padded(at.DayOfYear, 3), 'F' => Net("yyyy-MM-dd"), 'T' => Net("HH:mm:ss"), 'D' => Net("MM'/'dd'/'yy"), 'e' => at.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'u' => Padded((((int)at.DayOfWeek + 6) % 7) + 1, 1), 'w' => Padded((int)at.DayOfWeek, 1), 'V' => Padded(ISOWeek.GetWeekOfYear(at), 2), 'G' => Padded(ISOWeek.GetYear(at), 4),
            'U' => Padded((at.DayOfYear + 6 - (int)at.DayOfWeek) / 7, 2), 'W' => Padded((at.DayOfYear + 6 - (((int)at.DayOfWeek + 6) % 7)) / 7, 2),
            's' => ((long)(at - DateTime.UnixEpoch).TotalSeconds).ToString(CultureInfo.InvariantCulture), 'c' => Net("ddd MMM d HH:mm:ss yyyy"), 'x' => Net("MM'/'dd'/'yy"), 'X' => Net("HH:mm:ss"),
            'z' => value.Offset()?.Replace(":", "", StringComparison.Ordinal) ?? "", 'Z' => value.Zone?.Name ?? "", '%' => "%",
            _ => "%" + code,
        };
    }
}
