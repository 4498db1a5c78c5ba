namespace Leat.Core;

/// <summary>Dates and times as stored in vectors, from and to .NET's own.</summary>
internal static class StoredTime
{
    private static readonly long EpochTicks = DateTime.UnixEpoch.Ticks;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static int Days(DateOnly date) => date.DayNumber - EpochDay;

    /// <summary>.NET date; infinities become the ends of its range.</summary>
    public static DateOnly Date(int days) => days switch
    {
        int.MaxValue => DateOnly.MaxValue,
        -int.MaxValue => DateOnly.MinValue,
        _ => DateOnly.FromDayNumber(checked(days + EpochDay)),
    };

    /// <summary>Units of <paramref name="kind"/> since 1970-01-01; finer digits are cut towards the past.</summary>
    public static long Units(DateTime time, TypeKind kind)
    {
        var ticks = (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks - EpochTicks;
        return kind switch
        {
            TypeKind.TimestampS => FloorDivide(ticks, TimeSpan.TicksPerSecond),
            TypeKind.TimestampMs => FloorDivide(ticks, TimeSpan.TicksPerMillisecond),
            TypeKind.TimestampNs => checked(ticks * TimeSpan.NanosecondsPerTick),
            _ => FloorDivide(ticks, TimeSpan.TicksPerMicrosecond),
        };
    }

    /// <summary>.NET time, UTC where the column has a zone; infinities become the ends of its range.</summary>
    public static DateTime Time(long units, TypeKind kind)
    {
        if (units == long.MaxValue) return DateTime.MaxValue;
        if (units == -long.MaxValue) return DateTime.MinValue;
        var ticks = kind switch
        {
            TypeKind.TimestampS => checked(units * TimeSpan.TicksPerSecond),
            TypeKind.TimestampMs => checked(units * TimeSpan.TicksPerMillisecond),
            TypeKind.TimestampNs => FloorDivide(units, TimeSpan.NanosecondsPerTick),
            _ => checked(units * TimeSpan.TicksPerMicrosecond),
        };
        return new DateTime(checked(EpochTicks + ticks), kind == TypeKind.TimestampTz ? DateTimeKind.Utc : DateTimeKind.Unspecified);
    }

    private static long FloorDivide(long value, long by)
    {
        var (quotient, rest) = Math.DivRem(value, by);
        return rest < 0 ? quotient - 1 : quotient;
    }
}
