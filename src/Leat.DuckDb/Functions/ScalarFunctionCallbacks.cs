using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>What the engine calls for a scalar function. No exception leaves these functions.</summary>
internal static unsafe class ScalarFunctionCallbacks
{
    [UnmanagedCallersOnly]
    public static void Compute(nint info, nint chunk, nint result)
    {
        var state = NativeData.Get<ScalarFunctionState>(NativeMethods.duckdb_scalar_function_get_extra_info(info));
        var copies = new List<IDisposable>();
        try
        {
            var rows = (int)NativeMethods.duckdb_data_chunk_get_size(chunk);
            using var input = Wrap(state, chunk, rows, copies);
            using var builder = new BatchBuilder(state.Output);
            state.Compute(input, builder[0]);
            if (builder[0].Count != rows) throw new InvalidOperationException($"the function gave {builder[0].Count} values for {rows} rows");
            builder.EndRows(rows);
            using var output = builder.Build();
            if (rows > 0) ChunkWriter.Copy(output[0].Vectors[0], 0, rows, result, keepsViews: false);
        }
        catch (Exception exception)
        {
            NativeMethods.duckdb_scalar_function_set_error(info, state.Failures.Keep(exception));
        }
        finally
        {
            foreach (var copy in copies) copy.Dispose();
        }
    }

    private static Batch Wrap(ScalarFunctionState state, nint chunk, int rows, List<IDisposable> copies)
    {
        var columns = ImmutableArray.CreateBuilder<ImmutableArray<ColumnVector>>(state.Input.Count);
        for (var i = 0; i < state.Input.Count; i++)
        {
            var vector = NativeMethods.duckdb_data_chunk_get_vector(chunk, (ulong)i);
            if (state.IsNested[i]) vector = Flatten(vector, state.Input[i].Type, rows, copies);
            columns.Add([ChunkReader.Read(state.Input[i].Type, vector, rows)]);
        }

        return new Batch(state.Input, rows, columns.MoveToImmutable(), NoOwner.Instance);
    }

    private static nint Flatten(nint vector, DataType type, int rows, List<IDisposable> copies)
    {
        using var native = NativeTypes.Make(type);
        var flat = NativeMethods.duckdb_create_vector(native, (ulong)Math.Max(rows, ColumnVector.Capacity));
        copies.Add(flat);
        using var selection = NativeMethods.duckdb_create_selection_vector((ulong)Math.Max(rows, 1));
        var indexes = NativeMethods.duckdb_selection_vector_get_data_ptr(selection);
        for (var i = 0; i < rows; i++) indexes[i] = (uint)i;
        NativeMethods.duckdb_vector_copy_sel(vector, flat.DangerousGetHandle(), selection, (ulong)rows, 0, 0);
        return flat.DangerousGetHandle();
    }
}
