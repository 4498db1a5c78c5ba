using System.Collections.Concurrent;
using System.Globalization;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>The table function <c>leat_scan(id)</c> over scans offered to SQL under an id.</summary>
internal static class BatchScan
{
    public const string Name = "leat_scan";

    public static DuckDbTableFunction Function(ConcurrentDictionary<long, DuckDbTableScan> scans) => new(Name, [DataType.Int64], [], call =>
    {
        var id = Convert.ToInt64(call.Arguments[0], CultureInfo.InvariantCulture);
        return scans.TryGetValue(id, out var scan)
            ? scan
            : throw new LeatException("LEAT1125", $"no rows are offered under id {id}", $"{Name}({id})", "name the relation itself instead of its scan function");
    });
}
