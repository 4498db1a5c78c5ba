using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake.Commits;
using Leat.Lake.Engine;
using Leat.Lake.Protocol;

namespace Leat.Lake;

/// <summary>Version 0 of a new table.</summary>
internal static class TableCreation
{
    public static IReadOnlyList<DeltaAction> Actions(string table, Schema schema, IReadOnlyList<string> partitionColumns, long nowMs)
    {
        foreach (var name in partitionColumns)
            if (schema.IndexOf(name) is not (>= 0 and var index) || !PartitionFolders.Allows(schema[index].Type) || partitionColumns.Count >= schema.Count)
                throw LakeErrors.UnknownPartitionColumn(name, schema, table);
        var partitions = partitionColumns.ToImmutableArray();
        var metadata = new DeltaAction.Metadata(Guid.NewGuid().ToString(), SchemaJsonWriter.Write(schema, table), partitions) { CreatedTimeMs = nowMs };
        return [CommitMark.Create(nowMs, partitions), TableFeatures.ForNewTable(schema), metadata];
    }

    /// <exception cref="LeatException">LEAT3002 names both shapes.</exception>
    public static void CheckSame(TableState state, Schema schema, IReadOnlyList<string> partitionColumns)
    {
        if (state.Schema.Logical.Equals(schema) && state.Metadata.PartitionColumns.SequenceEqual(partitionColumns)) return;
        throw LakeErrors.OtherSchema(state.Table, Shown(state.Schema.Logical, state.Metadata.PartitionColumns), Shown(schema, partitionColumns));
    }

    private static string Shown(Schema schema, IReadOnlyList<string> partitionColumns)
    {
        var columns = string.Join(", ", schema.Select(f => $"{f.Name} {f.Type}{(f.Nullable ? "" : " NOT NULL")}"));
        return partitionColumns.Count == 0 ? $"({columns})" : $"({columns}) partitioned by {string.Join(", ", partitionColumns)}";
    }
}
