using System.Collections.Immutable;
using Leat.Streams.Views;
using Microsoft.Extensions.Hosting;

namespace Leat.Streams.Execution;

/// <summary>Runs all registered jobs of the process.</summary>
internal sealed class StreamRuntime : BackgroundService, IStreamRuntime, IStreamControl, IStreamInspection
{
    private readonly ImmutableArray<JobHost> _jobs;

    public StreamRuntime(IEnumerable<StreamJob> jobs, RunParts parts, ViewStore views)
    {
        var hosts = new List<JobHost>();
        foreach (var job in jobs)
        {
            if (hosts.Any(h => h.Name == job.Name)) throw StreamErrors.NameTaken("stream job", job.Name, job.Name);
            hosts.Add(new JobHost(job, parts, views));
        }

        _jobs = [.. hosts];
    }

    public IReadOnlyList<JobStatus> List() => [.. _jobs.Select(j => j.Status())];

    public JobDescription Describe(string job) => Of(job).Describe();

    public Task DrainAsync(CancellationToken ct) => Task.WhenAll(_jobs.Where(j => !j.IsStopped).Select(j => j.Run.DrainAsync(ct)));

    public Task<JobStatus> StopAsync(string job, CancellationToken ct) => Of(job).StopAsync(ct);

    public Task<Savepoint> SaveAsync(string job, string? folder, CancellationToken ct) => Of(job).SaveAsync(folder, ct);

    public Task<JobStatus> StartAsync(string job, StreamStart how, CancellationToken ct) => Of(job).StartAsync(how, ct);

    public Task<JobReset> ResetAsync(string job, CancellationToken ct) => Of(job).ResetAsync(ct);

    /// <summary>From here on the process runs its jobs: who asks for a change right after gets it done here.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var job in _jobs) job.Open();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        foreach (var job in _jobs) job.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_jobs.Select(j => j.CloseAsync())).ConfigureAwait(false);
    }

    private JobHost Of(string job) => _jobs.FirstOrDefault(j => j.Name == job) ?? throw StreamErrors.UnknownJob(job, [.. _jobs.Select(j => j.Name)]);
}
