using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Ingest;

/// <summary>A source as declared in <c>sources/*.yml</c>.</summary>
/// <param name="Name">Unique in the project.</param>
/// <param name="DeclaredAt">File, line and column.</param>
public abstract record SourceDefinition(string Name, string DeclaredAt)
{
    /// <summary>Events sent by others to a topic of the embedded log, checked by a contract, and landed in the lake.</summary>
    /// <param name="Name">Unique in the project.</param>
    /// <param name="DeclaredAt">File, line and column.</param>
    /// <param name="Topic">Topic with its partitions and the meaning of its fields.</param>
    /// <param name="Contract">What records must look like; null = anything.</param>
    /// <param name="Landing">Where rows land; null = they stay in the topic.</param>
    public sealed record Collector(string Name, string DeclaredAt, TopicSource Topic, ContractDefinition? Contract, LandingDefinition? Landing) : SourceDefinition(Name, DeclaredAt);

    /// <summary>Files of a folder that are loaded into a lake table.</summary>
    /// <param name="Name">Unique in the project.</param>
    /// <param name="DeclaredAt">File, line and column.</param>
    /// <param name="Path">Glob relative to the project folder, or absolute.</param>
    /// <param name="Format">How the files are read.</param>
    /// <param name="Table">Lake table.</param>
    /// <param name="Mode">Add the rows of new files, or make the table hold the present files' rows only.</param>
    /// <param name="Types">Column to type; columns that are not named stay text.</param>
    public sealed record Files(
        string Name, string DeclaredAt, string Path, FileFormat Format, string Table, LoadMode Mode, ImmutableDictionary<string, DataType> Types) : SourceDefinition(Name, DeclaredAt)
    {
        /// <summary>Column separator of CSV files; null = found out.</summary>
        public string? Delimiter { get; init; }

        /// <summary>The first line of CSV files names the columns.</summary>
        public bool Header { get; init; } = true;
    }
}
