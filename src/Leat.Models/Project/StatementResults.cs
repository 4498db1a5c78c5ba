using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>What {% call statement('name') %} ran, for load_result('name').</summary>
internal sealed class StatementResults(IWarehouseQueries? warehouse)
{
    private readonly Dictionary<string, PyDict> _results = new(StringComparer.Ordinal);

    public object? Run(CallArguments arguments)
    {
        var sql = arguments.Text(1, "code", "statement");
        if (warehouse is null || string.IsNullOrWhiteSpace(sql)) return "";
        var table = warehouse.Query(sql);
        if (arguments.Get(0, "name") is string name)
            _results[name] = PyDict.Of(("table", table), ("data", new PyList(table.Rows.Select(r => new PyTuple([.. r])))), ("response", "OK"));
        return "";
    }

    public object? Load(CallArguments arguments) => _results.GetValueOrDefault(arguments.Text(0, "name", "load_result"));
}
