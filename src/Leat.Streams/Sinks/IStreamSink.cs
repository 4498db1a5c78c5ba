using Leat.Core;

namespace Leat.Streams;

/// <summary>A place outside that takes a job's rows exactly once: a table of a database, keys of a cache, another system. Written once, it takes rows of streams and results of windows.</summary>
/// <remarks>
/// The rows of an epoch are kept in the checkpoint before its record, the commit point, is written; <see cref="ISinkSession.CommitAsync"/> then gets them from there, again after each crash or failure until it has succeeded, and never by replaying the job.
/// So a sink is exact when it notes the epoch together with the rows, or when writing them a second time changes nothing.
/// </remarks>
public interface IStreamSink
{
    /// <summary>Kind and place, for figures, errors and to find the sink in a checkpoint: unique in the job, the same at every start, without secrets; for example <c>PostgreSQL table public.totals</c>.</summary>
    string Name { get; }

    /// <summary>Connects, and makes what the rows go to, or checks it. Called at each start of the job and after each failure.</summary>
    /// <param name="target">What the rows will be.</param>
    /// <param name="ct">The job stops.</param>
    /// <exception cref="LeatException">With <see cref="Retry.WithBackoff"/> it is called again until <see cref="StreamOptions.SinkRetryFor"/> is over; any other fails the job.</exception>
    ValueTask<ISinkSession> OpenAsync(SinkTarget target, CancellationToken ct);
}
