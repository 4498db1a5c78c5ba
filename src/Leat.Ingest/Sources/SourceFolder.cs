using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Ingest;

/// <summary>Reads <c>sources/*.yml</c> of a project.</summary>
internal static class SourceFolder
{
    /// <returns>Sources by name; empty when the folder is missing.</returns>
    /// <exception cref="LeatException">LEAT3202 a name, topic or table twice (names both places), and all of <see cref="SourceFile.Read"/>.</exception>
    public static ImmutableArray<SourceDefinition> Read(string projectRoot)
    {
        var folder = Path.Combine(projectRoot, "sources");
        if (!Directory.Exists(folder)) return [];
        var files = Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".yml" or ".yaml")
            .Order(StringComparer.Ordinal);
        var sources = files.SelectMany(file => SourceFile.Read(YamlFile.Read(file, Path.GetRelativePath(projectRoot, file).Replace('\\', '/')))).ToList();
        CheckDistinct(sources);
        return [.. sources.OrderBy(s => s.Name, StringComparer.Ordinal)];
    }

    private static void CheckDistinct(List<SourceDefinition> sources)
    {
        var (names, topics, tables) = (New(), New(), New());
        foreach (var source in sources)
        {
            if (!names.TryAdd(source.Name, source.DeclaredAt)) throw IngestErrors.NameTwice(source.Name, source.DeclaredAt, names[source.Name]);
            if (source is SourceDefinition.Collector { Topic.Topic: var topic } && !topics.TryAdd(topic, source.DeclaredAt))
                throw IngestErrors.TopicTwice(topic, source.DeclaredAt, topics[topic]);
            foreach (var table in Tables(source))
                if (!tables.TryAdd(table, source.DeclaredAt)) throw IngestErrors.TableTwice(table, source.DeclaredAt, tables[table]);
        }

        static Dictionary<string, string> New() => new(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Tables(SourceDefinition source) => source switch
    {
        SourceDefinition.Collector { Landing: { } landing } => [landing.Table, landing.QuarantineTable],
        SourceDefinition.Files files => [files.Table],
        _ => [],
    };
}
