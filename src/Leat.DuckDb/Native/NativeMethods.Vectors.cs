using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <content>Vectors.</content>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    public static partial VectorHandle duckdb_create_vector(LogicalTypeHandle type, ulong capacity);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_vector(ref nint vector);

    [LibraryImport(Library)]
    public static partial byte* duckdb_vector_get_data(nint vector);

    [LibraryImport(Library)]
    public static partial ulong* duckdb_vector_get_validity(nint vector);

    [LibraryImport(Library)]
    public static partial void duckdb_vector_ensure_validity_writable(nint vector);

    [LibraryImport(Library)]
    public static partial void duckdb_unsafe_vector_assign_string_element_len(nint vector, ulong index, byte* text, ulong length);

    [LibraryImport(Library)]
    public static partial nint duckdb_list_vector_get_child(nint vector);

    [LibraryImport(Library)]
    public static partial ulong duckdb_list_vector_get_size(nint vector);

    [LibraryImport(Library)]
    public static partial int duckdb_list_vector_set_size(nint vector, ulong size);

    [LibraryImport(Library)]
    public static partial int duckdb_list_vector_reserve(nint vector, ulong capacity);

    [LibraryImport(Library)]
    public static partial nint duckdb_struct_vector_get_child(nint vector, ulong index);

    [LibraryImport(Library)]
    public static partial nint duckdb_array_vector_get_child(nint vector);

    [LibraryImport(Library)]
    public static partial void duckdb_vector_reference_value(VectorHandle vector, ValueHandle value);

    [LibraryImport(Library)]
    public static partial SelectionHandle duckdb_create_selection_vector(ulong size);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_selection_vector(nint selection);

    [LibraryImport(Library)]
    public static partial uint* duckdb_selection_vector_get_data_ptr(SelectionHandle selection);

    [LibraryImport(Library)]
    public static partial void duckdb_vector_copy_sel(nint source, nint target, SelectionHandle selection, ulong count, ulong sourceOffset, ulong targetOffset);
}
