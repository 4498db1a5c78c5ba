using Leat.Core;

namespace Leat.Ingest;

/// <summary>Errors of the room; codes are described in docs/errors/ingest.md.</summary>
internal static class IngestErrors
{
    public static LeatException UnknownKind(YamlMap source, string kind, string? nearest) => source.Wrong(
        "kind", $"unknown kind of source '{kind}'; kinds are collector, files", nearest is null ? "use one of these" : $"write '{nearest}'", "LEAT3201");

    public static LeatException NameTwice(string name, string place, string first) => new(
        "LEAT3202", $"source '{name}' is declared a second time; the first is at {first}", place, "give one of the two another name");

    public static LeatException TopicTwice(string topic, string place, string first) => new(
        "LEAT3202", $"topic '{topic}' is filled by a second source; the first is at {first}", place, "declare one source a topic");

    public static LeatException TableTwice(string table, string place, string first) => new(
        "LEAT3202", $"table '{table}' is filled by a second source; the first is at {first}", place, "land every source in a table of its own");

    public static LeatException UnknownType(YamlMap field, string key, string type, string? nearest) => field.Wrong(
        key, $"unknown type '{type}'; types are {string.Join(", ", FieldTypes.Names)}", nearest is null ? "use one of these" : $"write '{nearest}'", "LEAT3203");

    public static LeatException FieldTwice(YamlMap field, string name) => field.Wrong("name", $"field '{name}' is declared a second time", "keep one of the two", "LEAT3204");

    public static LeatException UnknownField(YamlMap map, string key, string name, string? nearest) => map.Wrong(
        key, $"'{key}' names field '{name}', which the contract does not declare", nearest is null ? "declare the field, or name a declared one" : $"did you mean '{nearest}'?", "LEAT3205");

    public static LeatException BrokenRule(YamlMap field, string key, string what, string todo) => field.Wrong(key, what, todo, "LEAT3206");

    public static LeatException UnknownSource(string name, string? nearest, string where) => new(
        "LEAT3207", $"there is no source '{name}'", where, nearest is null ? "declare it in sources/*.yml" : $"did you mean '{nearest}'?");

    public static LeatException NoFolder(string path, string place) => new(
        "LEAT3208", $"the folder '{path}' does not exist", place, "create the folder or correct 'path'");

    public static LeatException UnreadableFile(string file, string what, string place, Exception cause) => new(
        "LEAT3209", $"the file cannot be loaded: {what}", file, $"correct the file, or the source at {place}", Fault.User, Retry.Never, cause);

    public static LeatException LostRecords(string topic, int partition, long next, long start, string table) => new(
        "LEAT3210", $"{topic}[{partition}] begins at offset {start}, but table '{table}' has only what is before offset {next}: the records between are gone",
        table, "restore the log from a backup, or land more often than the topic's retention", Fault.External);

    public static LeatException OtherLog(string topic, int partition, long next, long end, string table) => new(
        "LEAT3211", $"table '{table}' has records of {topic}[{partition}] up to offset {next}, but the topic ends at {end}: it is another log",
        table, "restore the log that belongs to the lake, or move the table away", Fault.User);

    public static LeatException NotJson(string where, string what) => new(
        "LEAT3212", $"the record is not a JSON object: {what}", where, "send JSON objects, or declare a contract so that such records are refused or quarantined");

    public static LeatException LandingLost(string table, string outcome) => new(
        "LEAT3215", $"the landing cannot commit: {outcome}", table, "let one process land the topic, and do not change the table's columns while it does", Fault.External, Retry.WithBackoff);

    public static LeatException NotLanded(string name) => new(
        "LEAT3213", $"source '{name}' has no 'land' block, so there is nothing to run", name, "add 'land: { table: raw.x }'");

    public static LeatException OtherColumns(string file, string table, string columns, string has, string place) => new(
        "LEAT3214", $"the file's columns {columns} do not fit the columns of table '{table}', {has}", file, $"load files of one shape, or declare another source beside {place}");
}
