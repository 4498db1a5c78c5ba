using System.Text.Json;
using Leat.Core;
using Leat.Serve.Answers;
using Leat.Serve.Problems;
using Leat.Streams.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Views;

/// <summary>Views of the stream jobs: list, query, live.</summary>
internal sealed class ViewEndpoints(ServerOptions options, LiveAnswer live, IViewStore? views = null) : ILeatEndpoints
{
    private const int FirstFrameRows = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/views", ListAsync);
        routes.MapGet("/v1/views/{view}", QueryAsync);
        routes.MapGet("/v1/views/{view}/live", LiveAsync);
    }

    private Task ListAsync(HttpContext http) => JsonAnswer.WriteAsync(http, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("views");
        foreach (var view in views?.List() ?? [])
        {
            json.WriteStartObject();
            WriteHead(json, view);
            json.WriteNumber("checkpoint_id", view.CheckpointId);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private Task QueryAsync(HttpContext http)
    {
        var parameters = new QueryParameters(http, "key", "from", "to", "limit", "consistency");
        var view = Find(http);
        var answer = view.Query(new ViewQuery(
            parameters.Text("key"), parameters.Time("from"), parameters.Time("to"), parameters.Number("limit", 1_000, 1, 10_000), parameters.Consistency()));
        return JsonAnswer.WriteAsync(http, json =>
        {
            json.WriteStartObject();
            WriteHead(json, view);
            WritePromise(json, answer.Consistency, answer.CheckpointId, answer.AsOf);
            json.WritePropertyName("rows");
            JsonValues.WriteRows(json, answer.Rows);
            json.WriteEndObject();
        });
    }

    private Task LiveAsync(HttpContext http)
    {
        var parameters = new QueryParameters(http, "consistency", "limit");
        var consistency = parameters.Consistency();
        var limit = parameters.Number("limit", FirstFrameRows, 1, 10_000);
        var view = Find(http);
        return live.SendAsync(
            http,
            ct => view.SubscribeAsync(consistency, options.FrameInterval, ct),
            first => WriteFirst(first, view, view.Query(new ViewQuery(Limit: limit, Consistency: consistency))),
            WriteFrame);
    }

    private static void WriteFirst(LiveEvent output, IView view, ViewAnswer answer) => output.Write("rows", 0, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", 0);
        json.WriteBoolean("snapshot", true);
        WriteHead(json, view);
        WritePromise(json, answer.Consistency, answer.CheckpointId, answer.AsOf);
        json.WriteNull("latency_ms");
        json.WritePropertyName("rows");
        JsonValues.WriteRows(json, answer.Rows);
        json.WriteEndObject();
    });

    private static void WriteFrame(LiveEvent output, ViewFrame frame) => output.Write("rows", frame.Sequence, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", frame.Sequence);
        json.WriteBoolean("snapshot", false);
        WritePromise(json, frame.Consistency, frame.CheckpointId, frame.AsOf);
        if (frame.LatencyMs is { } latency) json.WriteNumber("latency_ms", latency);
        else json.WriteNull("latency_ms");
        json.WritePropertyName("rows");
        JsonValues.WriteRows(json, frame.Rows);
        if (!frame.Removed.IsEmpty)
        {
            json.WritePropertyName("removed");
            JsonValues.WriteRows(json, frame.Removed);
        }

        json.WriteEndObject();
    });

    private static void WriteHead(Utf8JsonWriter json, IView view)
    {
        json.WriteString("view", view.Name);
        json.WriteNumber("key_columns", view.KeyColumns);
        json.WriteBoolean("windowed", view.IsWindowed);
        json.WritePropertyName("columns");
        JsonValues.WriteColumns(json, view.Schema);
    }

    private static void WritePromise(Utf8JsonWriter json, ViewConsistency consistency, long checkpointId, DateTime? asOf)
    {
        json.WriteString("consistency", consistency == ViewConsistency.Fresh ? "fresh" : "committed");
        json.WriteNumber("checkpoint_id", checkpointId);
        if (asOf is { } time) json.WriteString("as_of", JsonValues.Time(time));
        else json.WriteNull("as_of");
    }

    private IView Find(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["view"]!;
        return views?.Find(name) ?? throw Missing.Named("LEAT6030", "view", name, (views?.List() ?? []).Select(v => v.Name));
    }
}
