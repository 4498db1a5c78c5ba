namespace Leat.Core;

/// <summary>Something a flow can run. Each room registers its own kinds; flows know them by <see cref="Name"/>.</summary>
public interface ITaskKind
{
    /// <summary>Name in flow definitions: "sql", "models", "ingest", "shell".</summary>
    string Name { get; }

    /// <summary>Runs one attempt. Side effects are at least once: <see cref="TaskContext.AttemptId"/> makes them idempotent.</summary>
    /// <exception cref="LeatException">The attempt failed; <see cref="LeatException.Retry"/> says whether another can help.</exception>
    Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken ct);
}
