namespace Leat.Quality;

/// <summary>ISO 8601 as it is met in data: dates, times of day with up to nine digits of a second, offsets. Each call takes its part off the front.</summary>
internal static class IsoText
{
    /// <summary><c>yyyy-MM-dd</c> of a real day.</summary>
    public static bool TrySkipDate(ref ReadOnlySpan<byte> text)
    {
        if (text.Length < 10 || text[4] != '-' || text[7] != '-') return false;
        var century = TwoDigits(text);
        var yearOfCentury = TwoDigits(text[2..]);
        var month = TwoDigits(text[5..]);
        var day = TwoDigits(text[8..]);
        if ((century | yearOfCentury | month | day) < 0) return false;
        var year = (century * 100) + yearOfCentury;
        if (year < 1 || month is < 1 or > 12 || day < 1 || (day > 28 && day > DateTime.DaysInMonth(year, month))) return false;
        text = text[10..];
        return true;
    }

    /// <summary><c>HH:mm</c>, <c>HH:mm:ss</c> or <c>HH:mm:ss.fffffffff</c>; a second 60 is refused, as engines do.</summary>
    public static bool TrySkipTime(ref ReadOnlySpan<byte> text)
    {
        if (text.Length < 5 || text[2] != ':' || (uint)TwoDigits(text) > 23 || (uint)TwoDigits(text[3..]) > 59) return false;
        text = text[5..];
        if (text.IsEmpty || text[0] != ':') return true;
        if (text.Length < 3 || (uint)TwoDigits(text[1..]) > 59) return false;
        text = text[3..];
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)',')) return true;
        var digits = 1;
        while (digits < text.Length && char.IsAsciiDigit((char)text[digits])) digits++;
        if (digits is 1 or > 10) return false;
        text = text[digits..];
        return true;
    }

    /// <summary>Nothing, <c>Z</c>, <c>+HH</c>, <c>+HHmm</c> or <c>+HH:mm</c>, at most 15:59 hours.</summary>
    public static bool TrySkipOffset(ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return true;
        if (text[0] is (byte)'Z' or (byte)'z')
        {
            text = text[1..];
            return true;
        }
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length < 3 || (uint)TwoDigits(text[1..]) > 15) return false;
        text = text[3..];
        if (text.IsEmpty) return true;
        if (text[0] == ':') text = text[1..];
        if (text.Length < 2 || (uint)TwoDigits(text) > 59) return false;
        text = text[2..];
        return true;
    }

    private static int TwoDigits(ReadOnlySpan<byte> text)
    {
        var tens = text[0] - '0';
        var ones = text[1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -1 : (tens * 10) + ones;
    }
}
