using System.Numerics;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Values of the warehouse as Python values.</summary>
internal static class PyValues
{
    public static object? From(object? value) => value switch
    {
        null or bool or long or double or decimal or string => value,
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        ulong number => PyNumbers.Shrink(number),
        Int128 number => PyNumbers.Shrink((BigInteger)number),
        UInt128 number => PyNumbers.Shrink((BigInteger)number),
        BigInteger number => PyNumbers.Shrink(number),
        float number => (double)number,
        DateOnly date => new PyDateTime(date.ToDateTime(TimeOnly.MinValue), null, true),
        DateTime at => new PyDateTime(DateTime.SpecifyKind(at, DateTimeKind.Unspecified), at.Kind == DateTimeKind.Utc ? PyTimeZone.Utc : null, false),
        DateTimeOffset at => DateTimeModule.Utc(at),
        System.Collections.IDictionary dict => new PyDict(dict.Keys.Cast<object>().Select(k => KeyValuePair.Create(From(k), From(dict[k])))),
        System.Collections.IEnumerable items and not byte[] => new PyList(items.Cast<object?>().Select(From)),
        _ => value.ToString(),
    };
}
