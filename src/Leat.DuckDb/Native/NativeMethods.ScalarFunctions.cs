using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <content>Scalar functions written in C#.</content>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    public static partial ScalarFunctionHandle duckdb_create_scalar_function();

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_scalar_function(ref nint function);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void duckdb_scalar_function_set_name(ScalarFunctionHandle function, string name);

    [LibraryImport(Library)]
    public static partial void duckdb_scalar_function_add_parameter(ScalarFunctionHandle function, LogicalTypeHandle type);

    [LibraryImport(Library)]
    public static partial void duckdb_scalar_function_set_varargs(ScalarFunctionHandle function, LogicalTypeHandle type);

    [LibraryImport(Library)]
    public static partial void duckdb_scalar_function_set_return_type(ScalarFunctionHandle function, LogicalTypeHandle type);

    [LibraryImport(Library)]
    public static partial void duckdb_scalar_function_set_special_handling(ScalarFunctionHandle function);

    [LibraryImport(Library)]
    public static partial void duckdb_scalar_function_set_volatile(ScalarFunctionHandle function);

    [LibraryImport(Library)]
    public static partial void duckdb_scalar_function_set_extra_info(ScalarFunctionHandle function, nint info, delegate* unmanaged<nint, void> destroy);

    [LibraryImport(Library)]
    public static partial void duckdb_scalar_function_set_function(ScalarFunctionHandle function, delegate* unmanaged<nint, nint, nint, void> callback);

    [LibraryImport(Library)]
    public static partial nint duckdb_scalar_function_get_extra_info(nint info);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void duckdb_scalar_function_set_error(nint info, string error);

    [LibraryImport(Library)]
    public static partial int duckdb_register_scalar_function(ConnectionHandle connection, ScalarFunctionHandle function);
}
