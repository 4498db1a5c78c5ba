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
        try
        {
            using var input = LentVectors.Wrap(state.Input, chunk);
            var rows = input.RowCount;
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
    }
}
