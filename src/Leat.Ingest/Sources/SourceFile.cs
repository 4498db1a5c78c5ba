using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Ingest;

/// <summary>Reads the sources of one YAML file.</summary>
internal static class SourceFile
{
    private const int MostPartitions = 1024;
    private static readonly string[] CollectorKeys = ["name", "kind", "description", "topic", "partitions", "config", "key", "event_time", "id", "contract", "land"];
    private static readonly string[] FilesKeys = ["name", "kind", "description", "path", "format", "table", "mode", "types", "delimiter", "header"];

    /// <exception cref="LeatException">LEAT1002 to LEAT1004, LEAT3201, LEAT3203 to LEAT3206, each with file, line and column.</exception>
    public static IReadOnlyList<SourceDefinition> Read(YamlMap file)
    {
        file.AllowOnly("sources", "version");
        return [.. file.GetMaps("sources").Select(ReadSource)];
    }

    private static SourceDefinition ReadSource(YamlMap source)
    {
        var kind = source.GetText("kind");
        return kind switch
        {
            "collector" => ReadCollector(source),
            "files" => ReadFiles(source),
            _ => throw IngestErrors.UnknownKind(source, kind, Nearest.To(kind, ["collector", "files"])),
        };
    }

    private static SourceDefinition.Collector ReadCollector(YamlMap source)
    {
        source.AllowOnly(CollectorKeys);
        var name = source.GetText("name");
        var topic = source.GetText("topic", name);
        var contract = source.FindMap("contract") is { } declared ? ContractBlock.Read(declared, topic) : null;
        var partitions = (int)source.GetInteger("partitions", 1, 1, MostPartitions);
        var fed = new TopicSource(topic, partitions, Field(source, "key", contract), Field(source, "event_time", contract), Field(source, "id", contract));
        if (source.FindMap("config") is { } settings) fed = fed with { Config = settings.Keys.ToImmutableDictionary(k => k.Text, k => settings.GetText(k.Text), StringComparer.Ordinal) };
        return new SourceDefinition.Collector(
            name, source.Place, fed, contract, source.FindMap("land") is { } land ? ReadLanding(land) : null);
    }

    private static string? Field(YamlMap source, string key, ContractDefinition? contract)
    {
        if (source.FindText(key) is not { } name) return null;
        if (contract is null || contract.AllowUnknown || contract.Fields.Any(f => f.Name == name)) return name;
        throw IngestErrors.UnknownField(source, key, name, Nearest.To(name, contract.Fields.Select(f => f.Name)));
    }

    private static LandingDefinition ReadLanding(YamlMap land)
    {
        land.AllowOnly("table", "quarantine", "every", "max_mb");
        var table = land.GetText("table");
        var every = land.GetDuration("every", TimeSpan.FromSeconds(5));
        if (every < TimeSpan.FromMilliseconds(100) || every > TimeSpan.FromHours(24))
            throw IngestErrors.BrokenRule(land, "every", $"'every' is {every}; it must be from 100ms to 24h", "write for example every: 5s");
        return new LandingDefinition(table, land.GetText("quarantine", table + "_quarantine"), every, land.GetInteger("max_mb", 64, 1, 1024) << 20);
    }

    private static SourceDefinition.Files ReadFiles(YamlMap source)
    {
        source.AllowOnly(FilesKeys);
        var types = ImmutableDictionary.CreateBuilder<string, DataType>(StringComparer.Ordinal);
        if (source.FindMap("types") is { } declared)
            foreach (var column in declared.Keys) types[column.Text] = ReadType(declared, column.Text);
        var path = source.GetText("path");
        var format = source.GetChoice("format", FormatOf(path));
        if (format == FileFormat.Ndjson && types.Count > 0)
            throw IngestErrors.BrokenRule(source, "types", "'types' is not for NDJSON, whose objects are loaded whole into column 'json'", "remove 'types', and take the members apart in a model");
        return new SourceDefinition.Files(
            source.GetText("name"), source.Place, path, format, source.GetText("table"), source.GetChoice("mode", LoadMode.Append), types.ToImmutable())
        {
            Delimiter = source.FindText("delimiter"), Header = source.GetBoolean("header", true),
        };
    }

    internal static DataType ReadType(YamlMap map, string key)
    {
        var text = map.GetText(key);
        return FieldTypes.TryParse(text, out var type) ? type : throw IngestErrors.UnknownType(map, key, text, Nearest.To(text, FieldTypes.Names));
    }

    private static FileFormat FormatOf(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(path) : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".parquet" => FileFormat.Parquet,
            ".json" or ".ndjson" or ".jsonl" => FileFormat.Ndjson,
            _ => FileFormat.Csv,
        };
    }
}
