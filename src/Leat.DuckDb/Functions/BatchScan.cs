using System.Collections.Concurrent;
using System.Globalization;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>Batches offered to SQL under an id.</summary>
internal sealed record BatchScan(Schema Schema, Func<IEnumerable<Batch>> Open)
{
    public const string Name = "leat_scan";

    /// <summary>The table function <c>leat_scan(id)</c> over all offered batches.</summary>
    public static DuckDbTableFunction Function(ConcurrentDictionary<long, BatchScan> scans) => new(Name, [DataType.Int64], [], call =>
    {
        var id = Convert.ToInt64(call.Arguments[0], CultureInfo.InvariantCulture);
        if (!scans.TryGetValue(id, out var scan))
            throw new LeatException("LEAT1125", $"no rows are offered under id {id}", $"{Name}({id})", "name the relation itself instead of its scan function");
        return new DuckDbTableScan(scan.Schema, _ => scan.Open());
    });
}
