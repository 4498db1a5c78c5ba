using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>What the engine calls for a table function. No exception leaves these functions.</summary>
internal static unsafe class TableFunctionCallbacks
{
    [UnmanagedCallersOnly]
    public static void Bind(nint info)
    {
        var state = NativeData.Get<TableFunctionState>(NativeMethods.duckdb_bind_get_extra_info(info));
        try
        {
            var scan = state.Function.Bind(new DuckDbTableCall(Arguments(info, state.Function), Named(info, state.Function)));
            foreach (var field in scan.Schema)
            {
                using var type = NativeTypes.Make(field.Type);
                NativeMethods.duckdb_bind_add_result_column(info, field.Name, type);
            }

            if (scan.RowCount is { } rows) NativeMethods.duckdb_bind_set_cardinality(info, (ulong)rows, true);
            NativeMethods.duckdb_bind_set_bind_data(info, NativeData.Hold(new BoundScan(scan, state.Failures)), NativeData.Release);
        }
        catch (Exception exception)
        {
            NativeMethods.duckdb_bind_set_error(info, state.Failures.Keep(exception));
        }
    }

    [UnmanagedCallersOnly]
    public static void Init(nint info)
    {
        var bound = NativeData.Get<BoundScan>(NativeMethods.duckdb_init_get_bind_data(info));
        try
        {
            var columns = ImmutableArray.CreateBuilder<int>();
            for (ulong i = 0; i < NativeMethods.duckdb_init_get_column_count(info); i++)
            {
                var index = NativeMethods.duckdb_init_get_column_index(info, i);
                columns.Add(index < (ulong)bound.Scan.Schema.Count ? (int)index : -1);
            }

            NativeMethods.duckdb_init_set_max_threads(info, 1);
            NativeMethods.duckdb_init_set_init_data(info, NativeData.Hold(new TableScanState(bound.Scan, columns.ToImmutable(), bound.Failures)), NativeData.Release);
        }
        catch (Exception exception)
        {
            NativeMethods.duckdb_init_set_error(info, bound.Failures.Keep(exception));
        }
    }

    [UnmanagedCallersOnly]
    public static void Fill(nint info, nint chunk)
    {
        var state = NativeData.Get<TableScanState>(NativeMethods.duckdb_function_get_init_data(info));
        try
        {
            state.Fill(chunk);
        }
        catch (Exception exception)
        {
            NativeMethods.duckdb_function_set_error(info, state.Failures.Keep(exception));
        }
    }

    private static ImmutableArray<object?> Arguments(nint info, DuckDbTableFunction function)
    {
        var arguments = ImmutableArray.CreateBuilder<object?>();
        for (var i = 0; i < function.Parameters.Length; i++)
        {
            using var value = NativeMethods.duckdb_bind_get_parameter(info, (ulong)i);
            arguments.Add(Box(value, function.Parameters[i]));
        }

        return arguments.ToImmutable();
    }

    private static FrozenDictionary<string, object?> Named(nint info, DuckDbTableFunction function)
    {
        var named = new Dictionary<string, object?>();
        foreach (var parameter in function.NamedParameters)
        {
            using var value = NativeMethods.duckdb_bind_get_named_parameter(info, parameter.Name);
            if (!value.IsInvalid) named[parameter.Name] = Box(value, parameter.Type);
        }

        return named.ToFrozenDictionary();
    }

    private static object? Box(ValueHandle value, DataType type)
    {
        using var native = NativeTypes.Make(type);
        using var vector = NativeMethods.duckdb_create_vector(native, 1);
        NativeMethods.duckdb_vector_reference_value(vector, value);
        var column = ChunkReader.Read(type, vector.DangerousGetHandle(), 1);
        using var batch = new Batch(new Schema(new Field("argument", type)), 1, [[column]], NoOwner.Instance);
        return batch[0].GetValue(0);
    }
}
