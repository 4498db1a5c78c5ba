using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

public sealed unsafe partial class DuckDbConnection
{
    /// <summary>Registers a scalar function over vectors: called with up to 2,048 rows, it appends one value a row to the builder. NULLs are its own business. Called on several threads at once.</summary>
    /// <param name="name">Name in SQL; other parameter types may be registered under the same name.</param>
    /// <param name="parameters">Types of the arguments.</param>
    /// <param name="result">Type of the value.</param>
    /// <param name="compute">The function; what it throws becomes the statement's error (LEAT1123). The batch is valid only inside the call.</param>
    /// <exception cref="LeatException">LEAT1124 the engine refuses the name or the types.</exception>
    public void RegisterVectorFunction(string name, ImmutableArray<DataType> parameters, DataType result, Action<Batch, VectorBuilder> compute)
    {
        var input = new Schema([.. parameters.Select((type, index) => new Field($"argument{index + 1}", type))]);
        using var function = NativeMethods.duckdb_create_scalar_function();
        NativeMethods.duckdb_scalar_function_set_name(function, name);
        foreach (var parameter in parameters)
        {
            using var type = NativeTypes.Make(parameter);
            NativeMethods.duckdb_scalar_function_add_parameter(function, type);
        }

        using (var type = NativeTypes.Make(result)) NativeMethods.duckdb_scalar_function_set_return_type(function, type);
        var state = new ScalarFunctionState(input, Schema.Of(("result", result)), compute, Failures);
        NativeMethods.duckdb_scalar_function_set_special_handling(function);
        NativeMethods.duckdb_scalar_function_set_extra_info(function, NativeData.Hold(state), NativeData.Release);
        NativeMethods.duckdb_scalar_function_set_function(function, &ScalarFunctionCallbacks.Compute);
        if (NativeMethods.duckdb_register_scalar_function(_handle, function) != NativeMethods.Success) throw Refused(name);
    }

    /// <summary>Registers a scalar function of boxed values, row by row: for comfort, not for many rows. A NULL argument gives NULL without a call.</summary>
    /// <inheritdoc cref="RegisterVectorFunction"/>
    public void RegisterFunction(string name, ImmutableArray<DataType> parameters, DataType result, Func<object?[], object?> compute) =>
        RegisterVectorFunction(name, parameters, result, (input, output) =>
        {
            for (var row = 0; row < input.RowCount; row++)
            {
                var arguments = new object?[input.ColumnCount];
                for (var i = 0; i < arguments.Length; i++) arguments[i] = input[i].GetValue(row);
                output.AppendValue(Array.IndexOf(arguments, null) >= 0 ? null : compute(arguments));
            }
        });

    /// <summary>Registers a function of one argument; bool, integers, float, double, decimal (as DECIMAL(38,9)), string, byte[], DateOnly, DateTime and Guid.</summary>
    /// <inheritdoc cref="RegisterVectorFunction"/>
    public void RegisterFunction<T, TResult>(string name, Func<T, TResult> compute) =>
        RegisterFunction(name, [TypeOf(typeof(T))], TypeOf(typeof(TResult)), arguments => compute((T)arguments[0]!));

    /// <summary>Registers a function of two arguments.</summary>
    /// <inheritdoc cref="RegisterFunction{T, TResult}"/>
    public void RegisterFunction<T1, T2, TResult>(string name, Func<T1, T2, TResult> compute) =>
        RegisterFunction(name, [TypeOf(typeof(T1)), TypeOf(typeof(T2))], TypeOf(typeof(TResult)), arguments => compute((T1)arguments[0]!, (T2)arguments[1]!));

    /// <summary>Registers a table function, on every connection of the database.</summary>
    /// <exception cref="LeatException">LEAT1124 the engine refuses the name or the types.</exception>
    public void RegisterTableFunction(DuckDbTableFunction definition)
    {
        using var function = NativeMethods.duckdb_create_table_function();
        NativeMethods.duckdb_table_function_set_name(function, definition.Name);
        foreach (var parameter in definition.Parameters)
        {
            using var type = NativeTypes.Make(parameter);
            NativeMethods.duckdb_table_function_add_parameter(function, type);
        }

        foreach (var parameter in definition.NamedParameters)
        {
            using var type = NativeTypes.Make(parameter.Type);
            NativeMethods.duckdb_table_function_add_named_parameter(function, parameter.Name, type);
        }

        NativeMethods.duckdb_table_function_set_extra_info(function, NativeData.Hold(new TableFunctionState(definition, Failures)), NativeData.Release);
        NativeMethods.duckdb_table_function_set_bind(function, &TableFunctionCallbacks.Bind);
        NativeMethods.duckdb_table_function_set_init(function, &TableFunctionCallbacks.Init);
        NativeMethods.duckdb_table_function_set_function(function, &TableFunctionCallbacks.Fill);
        NativeMethods.duckdb_table_function_supports_projection_pushdown(function, true);
        if (NativeMethods.duckdb_register_table_function(_handle, function) != NativeMethods.Success) throw Refused(definition.Name);
    }

    /// <summary>Makes batches readable as <c>FROM name()</c>, for the life of the database.</summary>
    /// <param name="name">Name in SQL.</param>
    /// <param name="schema">Columns.</param>
    /// <param name="open">Called once a scan, on a thread of the engine; the engine disposes the batches. Texts are copied, so they live until the query ends.</param>
    public void RegisterBatches(string name, Schema schema, Func<IEnumerable<Batch>> open) =>
        RegisterTableFunction(new DuckDbTableFunction(name, [], [], _ => new DuckDbTableScan(schema, _ => open())));

    private static LeatException Refused(string name) => new(
        "LEAT1124", $"function '{name}' cannot be registered", $"function '{name}'", "use a name that no function of these argument types has, and types that SQL has");

    private static DataType TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(bool) => DataType.Boolean,
        var t when t == typeof(sbyte) => DataType.Int8,
        var t when t == typeof(short) => DataType.Int16,
        var t when t == typeof(int) => DataType.Int32,
        var t when t == typeof(long) => DataType.Int64,
        var t when t == typeof(float) => DataType.Float32,
        var t when t == typeof(double) => DataType.Float64,
        var t when t == typeof(decimal) => DataType.Decimal(38, 9),
        var t when t == typeof(string) => DataType.Text,
        var t when t == typeof(byte[]) => DataType.Blob,
        var t when t == typeof(DateOnly) => DataType.Date,
        var t when t == typeof(DateTime) => DataType.Timestamp,
        var t when t == typeof(Guid) => DataType.Uuid,
        var t => throw new ArgumentException($"no SQL type for {t.Name}; use the overload that names the types", nameof(type)),
    };
}
