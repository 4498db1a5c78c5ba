using Leat.Core;

namespace Leat.Lake;

/// <summary>Errors of the room; codes are described in docs/errors/lake.md.</summary>
internal static class LakeErrors
{
    public static LeatException InvalidName(string name) => new(
        "LEAT3001", $"'{name}' is not a table name", "the lake",
        "use 'table' or 'schema.table' of letters, digits, '_' and '-', beginning with a letter or '_'");

    public static LeatException OtherSchema(string table, string has, string asked) => new(
        "LEAT3002", $"the table exists with {has}, asked for was {asked}", table, "use the existing columns and partitioning, or another table name");

    public static LeatException NoTable(string table, string? nearest) => new(
        "LEAT3003", $"there is no table '{table}'", "the lake", nearest is null ? "create it, or check its name" : $"did you mean '{nearest}'?");

    public static LeatException NoVersion(string table, long version, long first, long last) => new(
        "LEAT3004", $"there is no version {version}; versions {first} to {last} can be read", table, "ask for a version in this range");

    public static LeatException TypeWithoutDelta(DataType type, string column, string where) => new(
        "LEAT3005", $"column '{column}' is {type}, which Delta cannot hold", where, $"cast it to {Remedy(type)}");

    public static LeatException IllegalColumn(string column, string where) => new(
        "LEAT3005", $"column name '{column}' is empty or holds one of ' ,;{{}}()=', tab or line end", where, "rename the column");

    public static LeatException DuplicateColumn(string column, string where) => new(
        "LEAT3005", $"two columns are named '{column}' when case is ignored", where, "rename one of them");

    public static LeatException UnknownPartitionColumn(string column, Schema schema, string where) => new(
        "LEAT3005", $"partition column '{column}' is not among the columns {schema} or cannot be partitioned by", where, "partition by a column of a plain type, and keep at least one other column");

    public static LeatException OtherRows(string table, Schema has, Schema given) => new(
        "LEAT3006", $"the rows have columns {given}, the table has {has}", table, "write the table's columns, in its order and types");

    public static LeatException MergeRows(string table, Schema has, Schema given) => new(
        "LEAT3006", $"the rows have columns {given}, a merge takes {has} and then a BOOLEAN", table, "write the table's columns, in its order and types, and whether the row is gone");

    public static LeatException MergeKey(string table, Schema has, IEnumerable<string> key) => new(
        "LEAT3006", $"'{string.Join("', '", key)}' is no key of columns {has}", table, "name columns of the table, at least one");

    public static LeatException NullInNotNull(string table, string column, long nulls) => new(
        "LEAT3007", $"{nulls} rows hold NULL in column '{column}', which is NOT NULL", table, "fill or filter these rows before writing");

    public static LeatException DamagedLine(string file, int line, Exception cause) => new(
        "LEAT3008", $"not a Delta action: {cause.Message}", $"{file}:{line}", "restore the file from a backup; do not edit logs by hand", Fault.External, Retry.Never, cause);

    public static LeatException DamagedSchema(string where, Exception cause) => new(
        "LEAT3008", $"the schema is not readable: {cause.Message}", where, "restore the log from a backup; do not edit logs by hand", Fault.External, Retry.Never, cause);

    public static LeatException Incomplete(string table, string missing) => new(
        "LEAT3009", $"the log holds no {missing}", table, "the table was never created wholly: restore its log, or remove the folder and create it again", Fault.External);

    public static LeatException Gap(string table, long before, long after) => new(
        "LEAT3010", before < 0 ? $"the log begins at version {after} without a checkpoint before it" : $"the log jumps from version {before} to {after}",
        table, "restore the missing commits from a backup", Fault.External);

    public static LeatException UnsupportedRead(string table, string feature) => new(
        "LEAT3011", $"the table needs {feature}, which this version of Leat cannot read", table, "read it with another engine, or rewrite it without the feature");

    public static LeatException UnsupportedType(string type, string column, string where) => new(
        "LEAT3011", $"column '{column}' has type '{type}', which this version of Leat cannot read", where, "read it with another engine, or rewrite it without the column");

    public static LeatException UnsupportedWrite(string table, string feature) => new(
        "LEAT3012", $"the table needs {feature}, which this version of Leat cannot write", table, "write it with another engine, or create it anew without the feature");

    public static LeatException MissingFile(string table, string path) => new(
        "LEAT3013", $"the staged file '{path}' is gone", table, "stage the rows again", Fault.External);

    public static LeatException DamagedCheckpoint(string file, Exception cause) => new(
        "LEAT3014", $"the checkpoint is not readable: {cause.Message}", file, "restore it, or the commits before it, from a backup", Fault.External, Retry.Never, cause);

    public static LeatException DamagedVector(string where, Exception cause) => new(
        "LEAT3014", $"the deletion vector is not readable: {cause.Message}", where, "restore its file from a backup", Fault.External, Retry.Never, cause);

    public static LeatException MissingData(string table, string path, long version, Exception cause) => new(
        "LEAT3019", $"the data file '{path}' of version {version} is gone", table, "read a newer version if the table was vacuumed, else restore the file from a backup", Fault.External, Retry.Never, cause);

    public static LeatException CommitGone(string table, long version, long newest) => new(
        "LEAT3020", $"the commit of version {version} is gone from the log, whose newest version is {newest}", table,
        "read on from a version whose commit is there, or from a snapshot; keep the log longer (delta.logRetentionDuration)", Fault.External);

    public static LeatException NoColumn(string table, string column, Schema has) => new(
        "LEAT3021", $"there is no column '{column}'; columns are {string.Join(", ", has.Select(f => f.Name))}", table, "ask for one of these columns");

    public static LeatException NoOtherCheckpoint(string table, long version) => new(
        "LEAT3014", $"the checkpoint of version {version}, tried after a newer damaged one, is not readable either", table,
        "restore the checkpoint, or the commits before it, from a backup", Fault.External);

    public static LeatException TooManyConflicts(string table, int attempts) => new(
        "LEAT3015", $"lost the race for the next version {attempts} times", table, "try again, or let fewer writers append at once", Fault.External, Retry.WithBackoff);

    public static LeatException OtherTable(string table, string staged) => new(
        "LEAT3016", $"the files were staged for table '{staged}'", table, "commit them to the table they were staged for");

    public static LeatException TimeTravelByTime(string table) => new(
        "LEAT3017", "time travel by time is not built yet", table, "use AT (VERSION => n)");

    public static LeatException WriteFailed(string table, Exception cause) => new(
        "LEAT3018", $"the Parquet file could not be written: {cause.Message}", table, "check disk space and the rows", Fault.External, Retry.WithBackoff, cause);

    private static string Remedy(DataType type) => type.Kind switch
    {
        TypeKind.UInt8 => "SMALLINT",
        TypeKind.UInt16 => "INTEGER",
        TypeKind.UInt32 => "BIGINT",
        TypeKind.UInt64 => "DECIMAL(20,0)",
        TypeKind.Int128 or TypeKind.UInt128 or TypeKind.BigNum => "DECIMAL(38,0)",
        TypeKind.TimestampS or TypeKind.TimestampMs or TypeKind.TimestampNs => "TIMESTAMP",
        TypeKind.Array => "a list",
        TypeKind.Bit => "BLOB",
        _ => "VARCHAR",
    };
}
