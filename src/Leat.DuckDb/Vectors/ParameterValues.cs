using System.Numerics;
using System.Text;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>.NET values as the engine's single values.</summary>
internal static unsafe class ParameterValues
{
    /// <summary>The value, the caller's to dispose.</summary>
    /// <exception cref="LeatException">LEAT1121 a .NET type that cannot be a parameter.</exception>
    public static ValueHandle Make(object? value) => value switch
    {
        null or DBNull => NativeMethods.duckdb_create_null_value(),
        string text => MakeText(Encoding.UTF8.GetBytes(text)),
        Text text => MakeText(text.Bytes),
        byte[] bytes => MakeBlob(bytes),
        bool flag => NativeMethods.duckdb_create_bool(flag),
        Enum named => MakeText(Encoding.UTF8.GetBytes(named.ToString())),
        _ => MakeNumber(value) ?? MakeTime(value) ?? throw NotSupported(value),
    };

    private static ValueHandle? MakeNumber(object value) => value switch
    {
        long n => NativeMethods.duckdb_create_int64(n),
        int n => NativeMethods.duckdb_create_int32(n),
        short n => NativeMethods.duckdb_create_int16(n),
        sbyte n => NativeMethods.duckdb_create_int8(n),
        ulong n => NativeMethods.duckdb_create_uint64(n),
        uint n => NativeMethods.duckdb_create_uint32(n),
        ushort n => NativeMethods.duckdb_create_uint16(n),
        byte n => NativeMethods.duckdb_create_uint8(n),
        Int128 n => NativeMethods.duckdb_create_hugeint(NativeHugeInt.From(n)),
        UInt128 n => NativeMethods.duckdb_create_uhugeint(NativeHugeInt.From(n)),
        BigInteger n => NativeMethods.duckdb_create_hugeint(NativeHugeInt.From((Int128)n)),
        double n => NativeMethods.duckdb_create_double(n),
        float n => NativeMethods.duckdb_create_float(n),
        decimal n => MakeDecimal(n),
        ScaledDecimal n => NativeMethods.duckdb_create_decimal(new NativeDecimal(38, n.Scale, NativeHugeInt.From(n.Unscaled))),
        _ => null,
    };

    private static ValueHandle? MakeTime(object value) => value switch
    {
        DateOnly date => NativeMethods.duckdb_create_date(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber),
        DateTime { Kind: DateTimeKind.Unspecified } time => NativeMethods.duckdb_create_timestamp(Microseconds(time)),
        DateTime time => NativeMethods.duckdb_create_timestamp_tz(Microseconds(time.ToUniversalTime())),
        DateTimeOffset time => NativeMethods.duckdb_create_timestamp_tz(Microseconds(time.UtcDateTime)),
        TimeOnly time => NativeMethods.duckdb_create_time(time.Ticks / TimeSpan.TicksPerMicrosecond),
        TimeWithOffset time => NativeMethods.duckdb_create_time_tz_value(time.Pack()),
        TimeSpan span => MakeInterval(IntervalValue.From(span)),
        IntervalValue interval => MakeInterval(interval),
        Guid uuid => NativeMethods.duckdb_create_uuid(NativeHugeInt.From(Number(uuid))),
        _ => null,
    };

    private static ValueHandle MakeText(ReadOnlySpan<byte> utf8)
    {
        fixed (byte* text = utf8)
        {
            byte none = 0;
            return NativeMethods.duckdb_create_varchar_length(utf8.IsEmpty ? &none : text, (ulong)utf8.Length);
        }
    }

    private static ValueHandle MakeBlob(byte[] bytes)
    {
        fixed (byte* start = bytes)
        {
            byte none = 0;
            return NativeMethods.duckdb_create_blob(bytes.Length == 0 ? &none : start, (ulong)bytes.Length);
        }
    }

    private static ValueHandle MakeDecimal(decimal value)
    {
        var bits = decimal.GetBits(value);
        var magnitude = new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        return NativeMethods.duckdb_create_decimal(new NativeDecimal(38, value.Scale, NativeHugeInt.From(decimal.IsNegative(value) ? -magnitude : magnitude)));
    }

    private static ValueHandle MakeInterval(IntervalValue value) => NativeMethods.duckdb_create_interval(new NativeInterval(value.Months, value.Days, value.Microseconds));

    private static long Microseconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static UInt128 Number(Guid uuid) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(uuid.ToByteArray(bigEndian: true));

    private static LeatException NotSupported(object value) => new(
        "LEAT1121", $"a value of .NET type {value.GetType().Name} cannot be a parameter", "SQL parameter", "pass a number, text, bool, bytes, date, time, interval or Guid");
}
