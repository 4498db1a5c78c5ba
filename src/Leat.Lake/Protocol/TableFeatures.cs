using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Lake.Protocol;

/// <summary>What this implementation understands of the Delta protocol, and what it refuses.</summary>
internal static class TableFeatures
{
    private const string TimestampNtz = "timestampNtz";

    private static readonly ImmutableHashSet<string> Readable = ImmutableHashSet.Create(
        StringComparer.Ordinal, TimestampNtz, "columnMapping", "deletionVectors", "vacuumProtocolCheck", "v2Checkpoint");

    /// <summary>Writer features that an append fulfils by doing nothing, or whose being used is checked apart.</summary>
    private static readonly ImmutableHashSet<string> Appendable = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        TimestampNtz, "columnMapping", "deletionVectors", "vacuumProtocolCheck", "v2Checkpoint", "appendOnly", "invariants", "checkConstraints",
        "generatedColumns", "identityColumns", "changeDataFeed", "domainMetadata", "allowColumnDefaults", "inCommitTimestamp", "rowTracking");

    /// <summary>Field metadata that obliges a writer, and the feature it belongs to.</summary>
    private static readonly (string Mark, string Feature)[] Obligations =
    [
        ("delta.invariants", "invariants"), ("delta.generationExpression", "generatedColumns"), ("delta.identity.start", "identityColumns"),
        ("CURRENT_DEFAULT", "allowColumnDefaults"),
    ];

    /// <summary>Protocol of a new table: the lowest that holds its types.</summary>
    public static DeltaAction.ProtocolVersion ForNewTable(Schema schema) => SchemaJsonWriter.Contains(schema, TypeKind.Timestamp)
        ? new DeltaAction.ProtocolVersion(3, 7) { ReaderFeatures = [TimestampNtz], WriterFeatures = [TimestampNtz, "appendOnly", "invariants"] }
        : new DeltaAction.ProtocolVersion(1, 2);

    /// <exception cref="LeatException">LEAT3011 names what cannot be read.</exception>
    public static void CheckRead(string table, DeltaAction.ProtocolVersion protocol)
    {
        if (protocol.Reader is < 1 or > 3) throw LakeErrors.UnsupportedRead(table, $"reader version {protocol.Reader} (1 to 3 are known)");
        if (protocol.Reader < 3) return;
        var unknown = protocol.ReaderFeatures.Where(f => !Readable.Contains(f)).ToList();
        if (unknown.Count > 0) throw LakeErrors.UnsupportedRead(table, Features(unknown));
    }

    /// <exception cref="LeatException">LEAT3011 the table's files are in a form that cannot be read.</exception>
    public static void CheckRead(string table, DeltaAction.Metadata metadata)
    {
        if (metadata.Provider != "parquet") throw LakeErrors.UnsupportedRead(table, $"the file format '{metadata.Provider}'");
        if (MappingMode(metadata) is not ("none" or "name" or "id") and var mode) throw LakeErrors.UnsupportedRead(table, $"column mapping mode '{mode}'");
    }

    /// <exception cref="LeatException">LEAT3012 names the feature that an append would have to serve.</exception>
    public static void CheckAppend(TableState state)
    {
        var protocol = state.Protocol;
        if (protocol.Writer is < 1 or > 7) throw LakeErrors.UnsupportedWrite(state.Table, $"writer version {protocol.Writer} (1 to 7 are known)");
        var unknown = protocol.WriterFeatures.Where(f => !Appendable.Contains(f)).ToList();
        if (unknown.Count > 0) throw LakeErrors.UnsupportedWrite(state.Table, Features(unknown));
        foreach (var (mark, feature) in Obligations)
            if (state.Schema.Marks.FirstOrDefault(m => m.Key == mark).Column is { } column)
                throw LakeErrors.UnsupportedWrite(state.Table, $"feature '{feature}' (used by column '{column}')");
        var settings = state.Metadata.Configuration;
        if (settings.Keys.FirstOrDefault(k => k.StartsWith("delta.constraints.", StringComparison.Ordinal)) is { } constraint)
            throw LakeErrors.UnsupportedWrite(state.Table, $"feature 'checkConstraints' ({constraint})");
        foreach (var property in (string[])["delta.enableInCommitTimestamps", "delta.enableRowTracking"])
            if (settings.GetValueOrDefault(property) == "true") throw LakeErrors.UnsupportedWrite(state.Table, $"property {property}");
        if (MappingMode(state.Metadata) != "none") throw LakeErrors.UnsupportedWrite(state.Table, "feature 'columnMapping'");
        if (state.Schema.Voids.Count > 0) throw LakeErrors.UnsupportedWrite(state.Table, $"a column of type void ('{state.Schema.Voids.First()}')");
    }

    /// <summary>As <see cref="CheckAppend"/>, for commits that take rows out.</summary>
    /// <exception cref="LeatException">LEAT3012 the table takes appends only, or wants each change written down.</exception>
    public static void CheckRemove(TableState state)
    {
        CheckAppend(state);
        foreach (var property in (string[])["delta.appendOnly", "delta.enableChangeDataFeed"])
            if (state.Metadata.Configuration.GetValueOrDefault(property) == "true") throw LakeErrors.UnsupportedWrite(state.Table, $"property {property}, and rows that leave the table");
    }

    public static string MappingMode(DeltaAction.Metadata metadata) => metadata.Configuration.GetValueOrDefault("delta.columnMapping.mode") ?? "none";

    private static string Features(List<string> names) => names.Count == 1 ? $"feature '{names[0]}'" : $"features {string.Join(", ", names.Select(n => $"'{n}'"))}";
}
