using Leat.Core;

namespace Leat.Ingest;

/// <summary>The project's sources.</summary>
public interface IIngestCatalog
{
    /// <summary>All sources, by name.</summary>
    IReadOnlyList<SourceDefinition> Sources { get; }

    /// <summary>Creates the topics of collector sources, and their dead-letter topics, where they are missing.</summary>
    /// <exception cref="LeatException">LEAT2003 a topic exists with another number of partitions.</exception>
    Task CreateTopicsAsync(CancellationToken ct);
}
