using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Storage;
using Leat.Streams.Views;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Leat.Streams.Execution;

/// <summary>Runs all registered jobs of the process.</summary>
internal sealed class StreamRuntime : BackgroundService, IStreamRuntime
{
    private readonly ImmutableArray<JobRun> _runs;

    public StreamRuntime(IEnumerable<StreamJob> jobs, RunParts parts, ViewStore views)
    {
        var runs = new List<JobRun>();
        foreach (var job in jobs)
        {
            if (runs.Any(r => r.Name == job.Name)) throw StreamErrors.NameTaken("stream job", job.Name, job.Name);
            var run = new JobRun(job, parts);
            foreach (var view in run.Views) views.Add(view, run.Name);
            runs.Add(run);
        }

        _runs = [.. runs];
    }

    public IReadOnlyList<JobStatus> List() => [.. _runs.Select(r => r.Status())];

    public Task DrainAsync(CancellationToken ct) => Task.WhenAll(_runs.Select(r => r.DrainAsync(ct)));

    public override void Dispose()
    {
        foreach (var run in _runs) run.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_runs.Select(r => r.RunAsync(stoppingToken)));
}
