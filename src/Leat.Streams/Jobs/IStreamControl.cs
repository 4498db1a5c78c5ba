using Leat.Core;

namespace Leat.Streams;

/// <summary>Stops, starts, saves and resets single jobs. Where the jobs are not running in this process, it changes what they do when they start next. One change of a job at a time. LEAT2139 when the disk fails.</summary>
public interface IStreamControl
{
    /// <summary>Takes a last checkpoint and stops the job, until it is started; that holds through restarts of the process.</summary>
    /// <exception cref="LeatException">LEAT2143 unknown job.</exception>
    Task<JobStatus> StopAsync(string job, CancellationToken ct);

    /// <summary>Saves all state of the job in a folder of its own; a running job goes on.</summary>
    /// <param name="job">Name.</param>
    /// <param name="folder">New or empty folder; null = one named by the checkpoint under the data folder.</param>
    /// <param name="ct">Ends the waiting, not the job.</param>
    /// <exception cref="LeatException">LEAT2136 folder; LEAT2137 nothing to save; LEAT2143 unknown job.</exception>
    Task<Savepoint> SaveAsync(string job, string? folder, CancellationToken ct);

    /// <summary>Starts a job that was stopped or has failed, and waits until it runs, fails or says what it waits for.</summary>
    /// <exception cref="LeatException">LEAT2131, LEAT2132, LEAT2135, LEAT2136 it cannot take the state; LEAT2143 unknown job; LEAT2144 it is running.</exception>
    Task<JobStatus> StartAsync(string job, StreamStart how, CancellationToken ct);

    /// <summary>Ends the job's life: stops it at once, drops its checkpoints, and starts it anew unless it was stopped. Sinks keep what they have.</summary>
    /// <exception cref="LeatException">LEAT2143 unknown job.</exception>
    Task<JobReset> ResetAsync(string job, CancellationToken ct);
}
