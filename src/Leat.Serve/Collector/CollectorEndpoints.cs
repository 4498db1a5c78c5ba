using System.Globalization;
using System.Text;
using Leat.Log;
using Leat.Serve.Answers;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Collector;

/// <summary>Takes events: checked line by line, stored durably, then acknowledged.</summary>
internal sealed class CollectorEndpoints(
    ServerOptions options, CollectorTopics topics, CollectorGate gate, CollectorLedger ledger, CollectorClock clock) : ILeatEndpoints
{
    private readonly BuilderPool _pool = new();
    private readonly BodyInput _input = new(options);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/events", ListAsync);
        routes.MapPost("/v1/events/{topic}", CollectAsync);
        routes.MapPost("/v1/events/{topic}/watermark", WatermarkAsync);
    }

    private async Task ListAsync(HttpContext http)
    {
        var figures = new List<TopicFigures>();
        foreach (var route in await topics.ListAsync(http.RequestAborted).ConfigureAwait(false)) figures.Add(ledger.Figures(route));
        await JsonAnswer.WriteAsync(http, new CollectorFigures(figures), ServeJson.Default.CollectorFigures).ConfigureAwait(false);
    }

    private async Task CollectAsync(HttpContext http)
    {
        var key = IdempotencyKey.Read(http);
        var route = await topics.FindAsync(TopicOf(http), http.RequestAborted).ConfigureAwait(false);
        using var lease = gate.Enter();
        using var events = new EventBatch(route, _pool, clock.NowMs, KeylessPartition(route, key), TraceContext.Read(http));
        var bytes = await _input.ReadAsync(http, events, lease).ConfigureAwait(false);
        if (events.Seen == 0) throw new ProblemException(new Problem(400, "LEAT6028", "there are no events in the body", "request body", "send one JSON object a line, or an array of objects"));
        var started = clock.Start();
        var duplicate = await AppendAsync(route, events, key).ConfigureAwait(false);
        var answer = events.Answer(duplicate);
        ledger.Note(route.Topic, answer);
        clock.Stored(route.Topic, bytes, started);
        await JsonAnswer.WriteAsync(http, answer, ServeJson.Default.CollectAnswer, StatusCodes.Status202Accepted).ConfigureAwait(false);
    }

    /// <summary>Appends every part and waits for all, also when one fails: the builders must not be used again before.</summary>
    /// <returns>Whether everything had been stored before.</returns>
    private async Task<bool> AppendAsync(TopicRoute route, EventBatch events, string? key)
    {
        var appends = new List<Task<bool>>(route.Partitions + 1);
        foreach (var (partition, records) in events.Parts()) appends.Add(records.AppendAsync(topics.Log, new TopicPartition(route.Topic, partition), key));
        if (events.DeadLetters is { } dead) appends.Add(AppendDeadAsync(route, dead, key));
        var duplicates = await Task.WhenAll(appends).ConfigureAwait(false);
        return duplicates.Length > 0 && Array.TrueForAll(duplicates, d => d);
    }

    private async Task<bool> AppendDeadAsync(TopicRoute route, PartitionPart dead, string? key)
    {
        var target = await DeadLetterTopics.OpenAsync(topics.Log, route.Topic, CancellationToken.None).ConfigureAwait(false);
        return await dead.AppendAsync(topics.Log, target, key is null ? null : key + "/dlq").ConfigureAwait(false);
    }

    private async Task WatermarkAsync(HttpContext http)
    {
        var key = IdempotencyKey.Read(http);
        var route = await topics.FindAsync(TopicOf(http), http.RequestAborted).ConfigureAwait(false);
        var question = await JsonBody.ReadAsync(http, ServeJson.Default.WatermarkQuestion).ConfigureAwait(false);
        var at = question.At ?? throw new ProblemException(new Problem(400, "LEAT6022", "there is no time", "request body, at", "send {\"at\": \"2011-12-09T12:50:00Z\"}"));
        var mark = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var records = new RecordBatchBuilder();
        records.AddTombstone(clock.NowMs, default, [new(WellKnownHeaders.Watermark, mark)]);
        var duplicate = true;
        for (var partition = 0; partition < route.Partitions; partition++)
            duplicate &= (await topics.Log.AppendAsync(new TopicPartition(route.Topic, partition), records, key, CancellationToken.None).ConfigureAwait(false)).Duplicate;
        await JsonAnswer.WriteAsync(
            http, new WatermarkAnswer(route.Topic, at, route.Partitions, duplicate), ServeJson.Default.WatermarkAnswer, StatusCodes.Status202Accepted).ConfigureAwait(false);
    }

    private int KeylessPartition(TopicRoute route, string? key) =>
        key is null ? topics.NextPartition(route) : route.PartitionOf(Encoding.ASCII.GetBytes(key));

    private static string TopicOf(HttpContext http) => (string)http.Request.RouteValues["topic"]!;
}
