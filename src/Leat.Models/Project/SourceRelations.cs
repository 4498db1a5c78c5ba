using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>What a source table becomes in SQL.</summary>
internal static class SourceRelations
{
    private static readonly string[] Rooms = ["lake", "views", "topics"];

    /// <summary>
    /// Schema lake, views or topics: that room's relation. <c>meta: {leat: lake}</c> on source or table: <c>lake.schema.table</c>. Otherwise a table of the warehouse.
    /// </summary>
    public static Relation Of(TargetSettings target, PyDict source, PyDict table)
    {
        var schema = source.Text("schema") ?? source.Text("name")!;
        var identifier = table.Text("identifier") ?? table.Text("name")!;
        var room = Room(table) ?? Room(source);
        if (room is null && Rooms.Contains(schema)) return new Relation("", schema, identifier) { IsLive = true };
        if (room == "lake") return new Relation("lake", schema, identifier) { IsLive = true };
        if (room is not null) return new Relation("", room, identifier) { IsLive = true };
        return new Relation(source.Text("database") ?? target.Database, schema, identifier);
    }

    private static string? Room(PyDict entry) => (entry.Dict("meta").Text("leat") ?? entry.Dict("config").Dict("meta").Text("leat")) is { } room && Rooms.Contains(room) ? room : null;
}
