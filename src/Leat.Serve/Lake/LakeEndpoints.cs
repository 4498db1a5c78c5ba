using System.Text.Json;
using Leat.Core;
using Leat.Lake;
using Leat.Serve.Answers;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Lake;

/// <summary>Lake tables: what they hold and how they came to be.</summary>
internal sealed class LakeEndpoints(ILakeCatalog? lake = null) : ILeatEndpoints
{
    private const int MostFiles = 100;
    private const int MostVersions = 10;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/lake", ListAsync);
        routes.MapGet("/v1/lake/{table}", OneAsync);
    }

    private async Task ListAsync(HttpContext http)
    {
        var snapshots = new List<LakeSnapshot>();
        if (lake is not null)
        {
            foreach (var name in await lake.ListAsync(http.RequestAborted).ConfigureAwait(false))
                if (await lake.FindAsync(name, http.RequestAborted).ConfigureAwait(false) is { } table)
                    snapshots.Add(await table.SnapshotAsync(null, http.RequestAborted).ConfigureAwait(false));
        }
        await JsonAnswer.WriteAsync(http, json => WriteList(json, snapshots)).ConfigureAwait(false);
    }

    private async Task OneAsync(HttpContext http)
    {
        var parameters = new QueryParameters(http, "version");
        int? version = parameters.Text("version") is null ? null : parameters.Number("version", 0, 0, int.MaxValue);
        var room = lake ?? throw Missing.Room("a lake");
        var name = (string)http.Request.RouteValues["table"]!;
        var table = await room.FindAsync(name, http.RequestAborted).ConfigureAwait(false)
            ?? throw Missing.Named("LEAT6031", "lake table", name, await room.ListAsync(http.RequestAborted).ConfigureAwait(false));
        var snapshot = await table.SnapshotAsync(version, http.RequestAborted).ConfigureAwait(false);
        var history = await HistoryAsync(table, snapshot, http.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(http, json => WriteOne(json, snapshot, history)).ConfigureAwait(false);
    }

    /// <summary>Figures of the newest versions up to this one, newest first; ends early where the log was cleaned up.</summary>
    private static async Task<List<LakeSnapshot>> HistoryAsync(ILakeTable table, LakeSnapshot newest, CancellationToken ct)
    {
        var history = new List<LakeSnapshot> { newest };
        try
        {
            for (var version = newest.Version - 1; version >= 0 && history.Count < MostVersions; version--) history.Add(await table.SnapshotAsync(version, ct).ConfigureAwait(false));
        }
        catch (LeatException error) when (error.Code is "LEAT3004" or "LEAT3010")
        {
            // Older versions are gone; what is there is the history.
        }
        return history;
    }

    private static void WriteList(Utf8JsonWriter json, List<LakeSnapshot> snapshots)
    {
        json.WriteStartObject();
        json.WriteStartArray("tables");
        foreach (var snapshot in snapshots)
        {
            json.WriteStartObject();
            WriteFigures(json, snapshot);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOne(Utf8JsonWriter json, LakeSnapshot snapshot, List<LakeSnapshot> history)
    {
        json.WriteStartObject();
        WriteFigures(json, snapshot);
        json.WriteStartArray("partition_columns");
        foreach (var column in snapshot.PartitionColumns) json.WriteStringValue(column);
        json.WriteEndArray();
        json.WritePropertyName("columns");
        JsonValues.WriteColumns(json, snapshot.Schema);
        json.WriteStartObject("transactions");
        foreach (var (application, version) in snapshot.Transactions) json.WriteNumber(application, version);
        json.WriteEndObject();
        json.WriteStartArray("history");
        foreach (var version in history)
        {
            json.WriteStartObject();
            WriteFigures(json, version);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("newest_files");
        foreach (var file in snapshot.Files.TakeLast(MostFiles))
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteNumber("bytes", file.SizeBytes);
            json.WriteNumber("rows", file.Rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, LakeSnapshot snapshot)
    {
        json.WriteString("table", snapshot.Table);
        json.WriteNumber("version", snapshot.Version);
        json.WriteNumber("files", snapshot.Files.Length);
        json.WriteNumber("rows", snapshot.Files.Sum(f => f.Rows));
        json.WriteNumber("bytes", snapshot.Files.Sum(f => f.SizeBytes));
    }
}
