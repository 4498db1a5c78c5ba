namespace Leat.Streams;

/// <summary>Runs the project's stream jobs inside this process.</summary>
public interface IStreamRuntime
{
    /// <summary>Jobs with their state and figures.</summary>
    IReadOnlyList<JobStatus> List();

    /// <summary>Waits until every job has processed all that is in its topics now, then takes and commits a checkpoint of each, so that committed views and lake tables hold it.</summary>
    Task DrainAsync(CancellationToken ct);
}
