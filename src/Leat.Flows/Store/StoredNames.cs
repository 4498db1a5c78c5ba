using System.Data;
using Leat.Core;

namespace Leat.Flows;

/// <summary>States and instants between rows and records.</summary>
internal static class StoredNames
{
    public static T Choice<T>(this IDataRecord row, int column)
        where T : struct, Enum => Enum.Parse<T>(SnakeCase.ToPascal(row.GetString(column)));

    public static DateTimeOffset Instant(this IDataRecord row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? MaybeInstant(this IDataRecord row, int column) => row.IsDBNull(column) ? null : row.Instant(column);
}
