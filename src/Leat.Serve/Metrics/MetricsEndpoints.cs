using System.Diagnostics;
using Leat.Core;
using Leat.Log;
using Leat.Serve.Answers;
using Leat.Serve.Messages;
using Leat.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Leat.Serve.Metrics;

/// <summary><c>GET /metrics</c>: the meters, and what the rooms say of themselves at this moment.</summary>
internal sealed class MetricsEndpoints(MeterTable meters, LiveAnswer live, ILogger<MetricsEndpoints> messages, IEventLog? log = null, IStreamRuntime? runtime = null, IStreamInspection? inspection = null) : ILeatEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", WriteAsync);

    private async Task WriteAsync(HttpContext http)
    {
        var text = new PrometheusText();
        foreach (var (instrument, series) in meters.Read()) text.Instrument(instrument, series);
        text.Metric("leat_live_clients", "gauge", "Live connections open");
        text.Sample("leat_live_clients", "", live.Clients);
        await LogAsync(text, http.RequestAborted).ConfigureAwait(false);
        Streams(text);
        Process(text);
        http.Response.ContentType = PrometheusText.ContentType;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(text.ToString(), http.RequestAborted).ConfigureAwait(false);
    }

    private async Task LogAsync(PrometheusText text, CancellationToken ct)
    {
        if (log is null) return;
        var figures = new List<(string Labels, PartitionInfo Info)>();
        try
        {
            foreach (var topic in await log.ListTopicsAsync(ct).ConfigureAwait(false))
            {
                for (var partition = 0; partition < topic.Partitions; partition++)
                    figures.Add(($"topic=\"{PrometheusText.Escape(topic.Name)}\",partition=\"{partition}\"", await log.DescribeAsync(new TopicPartition(topic.Name, partition), ct).ConfigureAwait(false)));
            }
        }
        catch (LeatException error)
        {
            ServeMessages.FigureMissing(messages, "leat_log", error);
        }
        text.Metric("leat_log_end_offset", "gauge", "End of what readers may see");
        foreach (var (labels, info) in figures) text.Sample("leat_log_end_offset", labels, info.EndOffsetExcl);
        text.Metric("leat_log_size_bytes", "gauge", "Bytes on disk");
        foreach (var (labels, info) in figures.Where(f => f.Info.SizeBytes >= 0)) text.Sample("leat_log_size_bytes", labels, info.SizeBytes);
    }

    private void Streams(PrometheusText text)
    {
        if (runtime is null) return;
        var jobs = runtime.List();
        foreach (var figure in StreamFigure.All)
        {
            text.Metric(figure.Name, figure.Type, figure.Help);
            foreach (var job in jobs)
                if (figure.Value(job) is { } value) text.Sample(figure.Name, $"job=\"{PrometheusText.Escape(job.Name)}\"", value);
        }

        if (inspection is not null) InspectionFigures.Write(text, [.. jobs.Select(j => inspection.Describe(j.Name))]);
    }

    private static void Process(PrometheusText text)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        text.Metric("process_cpu_seconds_total", "counter", "Processor time used");
        text.Sample("process_cpu_seconds_total", "", process.TotalProcessorTime.TotalSeconds);
        text.Metric("process_resident_memory_bytes", "gauge", "Memory in use");
        text.Sample("process_resident_memory_bytes", "", process.WorkingSet64);
        text.Metric("dotnet_gc_heap_bytes", "gauge", "Managed heap");
        text.Sample("dotnet_gc_heap_bytes", "", GC.GetTotalMemory(false));
    }
}
