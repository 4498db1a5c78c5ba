using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Result of run_query, shaped like agate's table.</summary>
internal sealed class QueryTable(IReadOnlyList<string> columns, IReadOnlyList<PyList> rows) : PyObject, IEnumerable<object?>
{
    public IReadOnlyList<string> ColumnNames => columns;

    public IReadOnlyList<PyList> Rows => rows;

    public override string TypeName => "Table";

    public override string Text => $"<Table {columns.Count} columns, {rows.Count} rows>";

    public override bool TryMember(string name, out object? value)
    {
        value = name switch
        {
            "columns" => new Sequence("columns", [.. columns.Select((c, i) => Column(c, i))], columns),
            "rows" => new Sequence("rows", [.. rows.Select(Row)], []),
            "column_names" => new PyTuple([.. columns]),
            "print_table" => new PyFunction(name, _ => ""),
            _ => this,
        };
        return !ReferenceEquals(value, this);
    }

    public IEnumerator<object?> GetEnumerator() => rows.Select(Row).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    private Sequence Row(PyList row) => new("Row", [.. row], columns);

    private Sequence Column(string name, int index) => new(name, [.. rows.Select(r => r[index])], []);

    /// <summary>Items by position, and by name where they have one.</summary>
    private sealed class Sequence(string label, IReadOnlyList<object?> items, IReadOnlyList<string> names) : PyObject, IEnumerable<object?>
    {
        public override string TypeName => label;

        public override string Text => PyText.Repr(new PyTuple([.. items]));

        public override bool Truth => items.Count > 0;

        public override bool TryMember(string name, out object? value)
        {
            value = name switch
            {
                "values" => new PyFunction(name, _ => new PyTuple([.. items])),
                "keys" => new PyFunction(name, _ => new PyTuple([.. names])),
                "name" => label,
                "dict" => new PyFunction(name, _ => new PyDict(names.Zip(items, (n, i) => KeyValuePair.Create((object?)n, i)))),
                _ => this,
            };
            return !ReferenceEquals(value, this);
        }

        public override bool TryItem(object? key, out object? value)
        {
            var index = key is string name ? names.ToList().FindIndex(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) : (int)PyNumbers.ToLong(key);
            if (index < 0 && key is not string) index += items.Count;
            var found = index >= 0 && index < items.Count;
            value = found ? items[index] : null;
            return found;
        }

        public IEnumerator<object?> GetEnumerator() => items.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
