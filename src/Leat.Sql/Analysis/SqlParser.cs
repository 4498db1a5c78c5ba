using System.Text.Json.Nodes;
using Leat.Core;
using Leat.DuckDb;

namespace Leat.Sql;

/// <summary>Parses SELECTs with the engine's own parser, in a database of its own. Thread-safe.</summary>
internal sealed class SqlParser : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(null, new Dictionary<string, string> { ["threads"] = "1", ["memory_limit"] = "256MB" });
    private readonly DuckDbConnection _connection;
    private readonly DuckDbStatement _serialize;
    private readonly Lock _gate = new();

    public SqlParser()
    {
        _connection = _database.Connect();
        _serialize = _connection.Prepare("SELECT json_serialize_sql($1::VARCHAR, skip_null := true, skip_default := true)::VARCHAR");
    }

    /// <summary>What the statement names, or null when it is none that can be parsed into a tree (anything but SELECT and its kin).</summary>
    /// <exception cref="LeatException">LEAT1501 syntax.</exception>
    public StatementTree? Parse(string sql)
    {
        var json = JsonNode.Parse(Serialize(sql))!;
        if (!json["error"]!.GetValue<bool>()) return StatementTree.Of(sql, json["statements"]!.AsArray());
        if (json["error_type"]?.GetValue<string>() == "not implemented") return null;
        var message = json["error_message"]?.GetValue<string>() ?? "the statement cannot be parsed";
        int? position = int.TryParse(json["position"]?.GetValue<string>(), out var given) ? given : null;
        throw SqlErrors.Syntax(message, sql, position);
    }

    /// <summary>Value of a constant expression, such as the one of AT (...).</summary>
    public object? Evaluate(string expression)
    {
        lock (_gate) return _connection.Scalar($"SELECT {expression}");
    }

    public void Dispose()
    {
        _serialize.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    private string Serialize(string sql)
    {
        lock (_gate)
        {
            using var result = _serialize.Bind(1, sql).Query();
            using var batch = result.Fetch()!;
            return batch[0].GetText(0).ToString();
        }
    }
}
