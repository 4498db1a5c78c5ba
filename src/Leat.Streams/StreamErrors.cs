using Leat.Core;
using Leat.Log;
using Leat.Storage;

namespace Leat.Streams;

/// <summary>The errors of this room, each with its code; docs/errors/streams.md lists them.</summary>
internal static class StreamErrors
{
    private const string OverflowCode = "LEAT2117";

    public static LeatException Definition(string job, string what, string todo) => new("LEAT2101", what, $"stream job {job}", todo);

    public static LeatException RecordType(Type type, string what) => new("LEAT2103", $"{type.Name} {what}", $"record type {type.FullName}",
        "use members of type Text, string, bool, an integer, float, double, decimal, DateTime, DateOnly, Guid, an enum, or nullable of these, set by the constructor or by init");

    public static LeatException KeyType(Type type) => new("LEAT2104", $"{type.Name} cannot be a key", $"type {type.FullName}",
        "use Text, string, bool, an integer, an enum, DateOnly, DateTime, Guid, or a tuple or record struct of these");

    public static LeatException ValueType(Type type) => new("LEAT2108", $"{type.Name} cannot be a value of results", $"type {type.FullName}",
        "use Text, string, bool, an integer, float, double, decimal, DateTime, DateOnly, Guid, an enum, or nullable of these");

    public static LeatException NameTaken(string kind, string name, string job) => new("LEAT2105", $"{kind} '{name}' is defined twice", $"stream job {job}", $"give each {kind} its own name");

    public static LeatException TableNotFound(string table, IEnumerable<string> looked) => new("LEAT2106", $"reference table '{table}' was not found", string.Join(", ", looked),
        "create the lake table, put a CSV or NDJSON file of that name there, or give the rows in code");

    public static LeatException TableRow(string table, string where, string reason) => new("LEAT2107", $"a row of reference table '{table}' cannot be used: {reason}", where, "correct the row or the record type");

    public static LeatException TooManyDead(string job, long dead, long read, string last) => new("LEAT2115",
        $"{dead} of {read} records went to the dead-letter topic, more than the allowed share; the last reason: {last}", $"stream job {job}",
        "correct the producer or the record type, or raise Leat:Streams:MaxDeadShare; then start again, nothing is lost");

    public static LeatException Overflow(string aggregate) => new(OverflowCode, $"aggregate '{aggregate}' exceeds what its type can hold", $"aggregate {aggregate}", "use decimal or double, or a shorter window");

    /// <summary>A sum is too large: that is the job's fault, not the row's.</summary>
    public static bool IsOverflow(Exception error) => error is LeatException { Code: OverflowCode };

    public static LeatException Scale(string aggregate, decimal value, int scale) => new("LEAT2116",
        FormattableString.Invariant($"{value} has more than {scale} digits after the point"), $"aggregate {aggregate}", "give the aggregate a larger scale: Sum(name, value, scale: n)");

    public static LeatException StateType(Type type) => new("LEAT2118", $"{type.Name} cannot be kept in state", $"type {type.FullName}",
        "use simple values, nullable ones, tuples, records whose constructor names their properties, or structs of these; a collection is a ListState or MapState");

    public static LeatException StateForm(string operation, string state, string saved, string now) => new("LEAT2119",
        $"state '{state}' was saved as {saved}, and is {now} now", $"operator {operation}", "declare it with a migration (StateMigration<T>.From<TOld>), give it a new name to begin empty, or reset the job");

    public static LeatException StateGone(string operation, string state) => new("LEAT2119", $"state '{state}' is in the checkpoint and not in the job", $"operator {operation}",
        "declare it, say Drop(name) in the function's constructor when it is no longer wanted, or reset the job");

    public static LeatException OtherGraph(string job, string saved, string now) => new("LEAT2131",
        $"the last checkpoint was made by another definition of the job and does not name its operators: it has {saved}, the job has {now}", $"stream job {job}",
        "restore the definition and let it take a checkpoint, which names the operators, then change it; or reset the job with 'leat stream reset' to start anew");

    public static LeatException OperatorShape(string job, string id, string saved, string now) => new("LEAT2132",
        $"operator '{id}' has another shape than its saved state: saved was {saved}, the job has {now}", $"stream job {job}",
        "restore the operator's definition; or give it a new name with Named(...) and start with --allow-dropped-state to begin it empty; or reset the job with 'leat stream reset'");

    public static LeatException StateWithoutOperator(string job, string part, string shape) => new("LEAT2135",
        $"the checkpoint holds state of {part} ({shape}), which the job does not have", $"stream job {job}",
        "restore it, or name the operator as it was; or drop that state with 'leat stream start' and --allow-dropped-state");

    public static LeatException SourcesOfTopic(string job, string topic, int saved, int now) => new("LEAT2138",
        $"the checkpoint has offsets of {saved} sources of '{topic}', the job has {now}: which goes on from where is not clear", $"stream job {job}",
        "read it as often as before; better read it once and give the stream several consumers; or reset the job with 'leat stream reset'");

    public static LeatException SavepointFolder(string folder, string what, string todo) => new("LEAT2136", $"'{folder}' {what}", "savepoint", todo);

    public static LeatException NothingSaved(string job) => new("LEAT2137", "the job has no checkpoint yet, so there is nothing to save", $"stream job {job}", "start the job and let it take a checkpoint first");

    public static LeatException Disk(string job, Exception error) => new("LEAT2139", $"the disk refused: {error.Message}", $"stream job {job}",
        "make room or give this user access, then do it again; nothing was changed half", Fault.External, error is IOException full && DiskErrors.IsFull(full) ? Retry.WithBackoff : Retry.Never, error);

    public static LeatException UnknownJob(string job, IReadOnlyCollection<string> known) => new("LEAT2143", $"there is no stream job '{job}'", "the project's stream jobs",
        Nearest.To(job, known) is { } near ? $"did you mean '{near}'?" : known.Count == 0 ? "add one in C# with AddStream<T>()" : $"known: {string.Join(", ", known.Take(10))}");

    public static LeatException AlreadyRunning(string job) => new("LEAT2144", "the job is running", $"stream job {job}", "stop it first with 'leat stream stop'");

    public static LeatException DamagedState(string file, string what) => new("LEAT2130", $"{what}", file,
        "restore the folder from a backup, or reset the job with 'leat stream reset'", Fault.External);

    public static LeatException Spill(string folder, IOException error) => new("LEAT2120", $"state that does not fit into its memory cannot be put on disk: {error.Message}", folder,
        "make room on the disk, or raise Leat:Streams:StateMemoryMegabytes; then start the job again: it goes on from its last checkpoint", Fault.External, Retry.WithBackoff);

    public static LeatException LakeConflict(string table, string reason, string job) => new("LEAT2133", $"the commit to lake table '{table}' lost against another writer: {reason}", $"stream job {job}",
        "let only this job write the table, then start the job again", Fault.External, Retry.WithBackoff);

    public static LeatException SinkSettings(string sink, string what, string todo) => new("LEAT2145", what, sink, todo);

    public static LeatException SinkTable(string sink, string what, string todo) => new("LEAT2146", what, sink, todo);

    public static LeatException SinkAway(string sink, string what, Exception? cause) => new("LEAT2147", what, sink,
        "see that it runs and can be reached; the job goes on by itself, and fails after Leat:Streams:SinkRetryFor", Fault.External, Retry.WithBackoff, cause);

    public static LeatException SinkTaken(string sink, string job) => new("LEAT2148", $"a newer life of stream job '{job}' writes there", sink,
        "stop the other process that runs the job; or reset this one with 'leat stream reset' to let it take over", Fault.External);

    public static LeatException SinkRefused(string sink, string what, Exception? cause) => new("LEAT2149", $"it refused the rows: {what}", sink,
        "correct the table or the rows as the message says, then start the job again: nothing is lost", Fault.External, Retry.Never, cause);

    public static LeatException LakeSchema(string table, string has, string needs, string job) => new("LEAT2134", $"lake table '{table}' has columns {has}, the job writes {needs}", $"stream job {job}", "write to another table, or change the job");

    public static LeatException LakeRewritten(string table, long version, int deleted, int inserted) => new("LEAT2151",
        $"version {version} took the rows of {deleted} files out of the table{(inserted > 0 ? $" and wrote {inserted}" : "")}, but the source reads only what is appended", $"lake table {table}",
        "read its changes with FromLakeChanges, or say with LakeReadOptions.Rewrites what to do with such versions, then start again");

    public static LeatException LakeColumn(string table, string member, Type type, string has) => new("LEAT2152", $"'{member}' of {type.Name} cannot be read: {has}", $"lake table {table}",
        "name the column with [JsonPropertyName], correct the member's type, or make it nullable where the column may be missing");

    public static LeatException LakePartitions(string table, int saved, int now) => new("LEAT2153", $"the checkpoint has the table spread over {saved} partitions, the source over {now}", $"lake table {table}",
        $"set LakeReadOptions.Partitions to {saved} again, or reset the job with 'leat stream reset'");

    public static LeatException NotLanded(string table, string topic, string what) => new("LEAT2154", $"topic '{topic}' is not landed in the table: {what}", $"lake table {table}",
        $"name the table of the topic's 'land' block in sources/*.yml, or read the topic alone with From(\"{topic}\", ...)");

    public static LeatException LandedTwice(string table, string topic, int partition, long offset) => new("LEAT2154", $"offset {offset} of {topic}[{partition}] is in the table twice", $"lake table {table}",
        "let only the landing write the table, and remove what else was written", Fault.External);

    public static LeatException HistoryGap(TopicPartition partition, long lakeEnd, long topicStart) => new("LEAT2155",
        $"the lake has {partition} up to offset {lakeEnd} (excluded), the topic begins at {topicStart}: offsets {lakeEnd} to {topicStart - 1} are in neither", $"topic {partition}",
        "land the topic more often than its retention removes records; what is lost can be left out by reading the topic alone, as a new job", Fault.External);

    public static LeatException LakeBeyondTopic(TopicPartition partition, long lakeEnd, long topicEnd) => new("LEAT2156",
        $"the lake has {partition} up to offset {lakeEnd} (excluded), but the topic ends at {topicEnd}: they are not of the same log", $"topic {partition}",
        "restore the log, or name the table that this log is landed in", Fault.External);

    public static LeatException TableStale(string table, TimeSpan age, TimeSpan most, string error) => new("LEAT2157",
        FormattableString.Invariant($"reference table '{table}' is {age.TotalSeconds:0.#} s old, more than the {most.TotalSeconds:0.#} s it may be; the last refresh failed: {error.Split('\n')[0]}"), $"table {table}",
        "make its source answer again, or raise TableOptions.FailAfter; then start the job again, nothing is lost", Fault.External, Retry.WithBackoff);

    public static LeatException TableTooLarge(string table, int rows, long megabytes) => new("LEAT2158", $"reference table '{table}' takes more than {megabytes} MB at {rows} rows", $"table {table}",
        "leave out rows and members that no lookup needs, or raise TableOptions.MaxMegabytes");

    public static LeatException TableLoad(string table, string kind, Exception error) => new("LEAT2159", $"reference table '{table}' could not be read from its {kind}: {error.GetType().Name}: {error.Message}", $"table {table}",
        "make the source answer, or correct the query", Fault.External, Retry.WithBackoff, error);

    public static LeatException FinalWindow(DateTime start) => new("LEAT2150", $"a record was counted into the window of {start:O}, which is final", "window state",
        "this is a bug in Leat, please report it", Fault.Internal);

    public static LeatException Setting(string name, object value, string allowed) => new("LEAT2140", $"{name} is {value}", $"setting Leat:Streams:{name}", $"set it to {allowed}");

    public static LeatException NoLake(string job) => new("LEAT2141", "the job reads or writes lake tables, but no lake is configured", $"stream job {job}", "register the lake (AddLeatLake) in the host");

    public static LeatException Stopped(string job, string? error) => new("LEAT2142", $"the job is not running: {error ?? "it was stopped"}", $"stream job {job}", "see the job's error, correct it and start again", Fault.External);
}
