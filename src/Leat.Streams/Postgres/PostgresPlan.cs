using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Streams;

/// <summary>One table that a job writes: names and statements.</summary>
internal sealed class PostgresPlan
{
    public const string Version = "leat_version";
    private const string Notes = "leat_commits";
    private const string Staged = "leat_rows";
    private const string Order = "leat_order";

    private PostgresPlan(PostgresSink sink, SinkTarget target, ImmutableArray<string> path)
    {
        (Sink, Target) = (sink, target);
        Table = string.Join('.', path.Select(PostgresColumn.Quote));
        NotesTable = string.Join('.', path[..^1].Add(Notes).Select(PostgresColumn.Quote));
        Columns = [.. target.Columns.Select(f => PostgresColumn.Of(sink.Name, f))];
        Key = [.. target.Key.Select(k => Columns.First(c => c.Field.Name == k))];
    }

    public PostgresSink Sink { get; }

    public SinkTarget Target { get; }

    /// <summary>Quoted.</summary>
    public string Table { get; }

    /// <summary>Table of the notes, quoted.</summary>
    public string NotesTable { get; }

    public ImmutableArray<PostgresColumn> Columns { get; }

    public ImmutableArray<PostgresColumn> Key { get; }

    public bool IsKeyed => Target.Mode == SinkMode.Upsert;

    public string CreateNotes => $"CREATE TABLE {NotesTable} (job text, sink text, life text, number bigint NOT NULL, epoch bigint NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (job, sink, life))";

    public string CreateTable => $"CREATE TABLE {Table} ({string.Join(", ", Columns.Select(Definition).Concat(IsKeyed ? [$"{Version} bigint NOT NULL", Unique] : []))})";

    /// <summary>What is wanted of a table that is there, for its owner.</summary>
    public string Unique => Key.Any(c => c.Field.Nullable) ? $"UNIQUE NULLS NOT DISTINCT ({Names(Key)})" : $"PRIMARY KEY ({Names(Key)})";

    /// <summary>Rows wait there within the transaction, with their order and whether they are gone.</summary>
    public string CreateStaged => $"CREATE TEMP TABLE {Staged} ({string.Join(", ", Columns.Select(c => $"{c.Quoted} {c.Type}").Append($"{SinkTarget.Gone} boolean").Append($"{Order} bigint"))}) ON COMMIT DROP";

    public string CopyStaged => $"COPY {Staged} ({Names(Columns)}, {SinkTarget.Gone}, {Order}) FROM STDIN (FORMAT BINARY)";

    public string CopyTable => $"COPY {Table} ({Names(Columns)}) FROM STDIN (FORMAT BINARY)";

    public string Clear => $"DELETE FROM {Table}";

    public string InsertStaged => $"INSERT INTO {Table} ({Names(Columns)}) SELECT {Names(Columns)} FROM {Staged} ORDER BY {Order}";

    public string DeleteGone => $"DELETE FROM {Table} t USING ({Latest}) s WHERE s.{SinkTarget.Gone} AND {string.Join(" AND ", Key.Select(c => c.Field.Nullable ? $"t.{c.Quoted} IS NOT DISTINCT FROM s.{c.Quoted}" : $"t.{c.Quoted} = s.{c.Quoted}"))} AND t.{Version} <= @version";

    public string Upsert
    {
        get
        {
            var others = Columns.Except(Key).Select(c => $"{c.Quoted} = excluded.{c.Quoted}").Append($"{Version} = excluded.{Version}");
            return $"INSERT INTO {Table} AS t ({Names(Columns)}, {Version}) SELECT {Names(Columns)}, @version FROM ({Latest}) s WHERE NOT s.{SinkTarget.Gone} "
                + $"ON CONFLICT ({Names(Key)}) DO UPDATE SET {string.Join(", ", others)} WHERE t.{Version} <= excluded.{Version}";
        }
    }

    private string Latest => $"SELECT DISTINCT ON ({Names(Key)}) * FROM {Staged} ORDER BY {Names(Key)}, {Order} DESC";

    /// <exception cref="LeatException">LEAT2145 not a name; LEAT2146 a column that cannot be sent.</exception>
    public static PostgresPlan Of(PostgresSink sink, SinkTarget target)
    {
        ImmutableArray<string> path = [.. sink.Table.Split('.')];
        if (path.Length > 2 || path.Any(string.IsNullOrWhiteSpace)) throw StreamErrors.SinkSettings(sink.Name, $"'{sink.Table}' is no name of a table", "write 'table' or 'schema.table'");
        return new PostgresPlan(sink, target, path);
    }

    private static string Names(IEnumerable<PostgresColumn> columns) => string.Join(", ", columns.Select(c => c.Quoted));

    private static string Definition(PostgresColumn column) => $"{column.Quoted} {column.Type}{(column.Field.Nullable ? "" : " NOT NULL")}";
}
