namespace Leat.Models;

/// <summary>What became of one node.</summary>
/// <param name="UniqueId">"model.project.name".</param>
/// <param name="Name">Name alone.</param>
/// <param name="ResourceType">Model, seed, test.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Rows">Rows of the table built or inserted; null where there are none to count.</param>
/// <param name="Elapsed">Time taken.</param>
/// <param name="Message">One line: what was built, or the whole error.</param>
/// <param name="Failures">Rows a test found; null for others.</param>
/// <param name="StartedAt">UTC.</param>
public sealed record NodeResult(
    string UniqueId, string Name, ResourceType ResourceType, NodeStatus Status, long? Rows, TimeSpan Elapsed, string Message, long? Failures, DateTimeOffset StartedAt)
{
    /// <summary>Relation in the warehouse; null for tests and ephemeral models.</summary>
    public string? RelationName { get; init; }

    /// <summary>SQL as compiled; null when it was not.</summary>
    public string? CompiledCode { get; init; }

    /// <summary>Path of the file, relative to the project.</summary>
    public string Path { get; init; } = "";
}
