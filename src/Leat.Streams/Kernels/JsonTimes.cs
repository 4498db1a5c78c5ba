namespace Leat.Streams.Kernels;

/// <summary>Points in time from ISO 8601 text: date, 'T' or blank, time with up to seven digits of a second, optional zone; without a zone it is UTC.</summary>
internal static unsafe class JsonTimes
{
    private const int DateLength = 10;

    public static bool TryDate(byte* p, int length, out DateOnly value)
    {
        value = default;
        if (length != DateLength || p[4] != '-' || p[7] != '-') return false;
        if (!Two(p, out var century) || !Two(p + 2, out var year) || !Two(p + 5, out var month) || !Two(p + 8, out var day)) return false;
        year += century * 100;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        value = new DateOnly(year, month, day);
        return true;
    }

    public static bool TryTimestamp(byte* p, int length, out DateTime value)
    {
        value = default;
        if (length < DateLength || !TryDate(p, DateLength, out var date)) return false;
        var end = p + length;
        p += DateLength;
        long ticks = 0;
        if (p < end && (*p is (byte)'T' or (byte)' ' or (byte)'t') && !TryClock(ref p, end, out ticks)) return false;
        if (!TryZone(p, end, out var offset)) return false;
        ticks += date.DayNumber * TimeSpan.TicksPerDay - offset;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        value = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    private static bool TryClock(ref byte* p, byte* end, out long ticks)
    {
        ticks = 0;
        if (end - p < 6 || p[3] != ':' || !Two(p + 1, out var hour) || !Two(p + 4, out var minute)) return false;
        var second = 0;
        p += 6;
        if (end - p >= 3 && *p == ':')
        {
            if (!Two(p + 1, out second)) return false;
            p += 3;
        }

        if (hour > 23 || minute > 59 || second > 59) return false;
        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond);
        if (p == end || *p is not ((byte)'.' or (byte)',')) return true;
        p++;
        var unit = TimeSpan.TicksPerSecond / 10;
        var digits = p;
        for (; p < end && (uint)(*p - '0') <= 9; p++, unit /= 10) ticks += (*p - '0') * unit;
        return p > digits;
    }

    private static bool TryZone(byte* p, byte* end, out long offsetTicks)
    {
        offsetTicks = 0;
        if (p == end) return true;
        if (end - p == 1) return *p is (byte)'Z' or (byte)'z';
        if (*p is not ((byte)'+' or (byte)'-') || end - p is not (3 or 5 or 6) || !Two(p + 1, out var hours)) return false;
        var minutes = 0;
        if (end - p == 6 && (p[3] != ':' || !Two(p + 4, out minutes))) return false;
        if (end - p == 5 && !Two(p + 3, out minutes)) return false;
        if (hours > 18 || minutes > 59) return false;
        offsetTicks = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        if (*p == '-') offsetTicks = -offsetTicks;
        return true;
    }

    private static bool Two(byte* p, out int value)
    {
        value = ((p[0] - '0') * 10) + (p[1] - '0');
        return (uint)(p[0] - '0') <= 9 && (uint)(p[1] - '0') <= 9;
    }
}
