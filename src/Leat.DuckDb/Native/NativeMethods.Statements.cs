using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <content>Statements: split, prepare, bind, execute.</content>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong duckdb_extract_statements(ConnectionHandle connection, string query, out ExtractedHandle statements);

    [LibraryImport(Library)]
    public static partial nint duckdb_extract_statements_error(ExtractedHandle statements);

    [LibraryImport(Library)]
    public static partial int duckdb_prepare_extracted_statement(ConnectionHandle connection, ExtractedHandle statements, ulong index, out StatementHandle statement);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_extracted(ref nint statements);

    [LibraryImport(Library)]
    public static partial nint duckdb_prepare_error(StatementHandle statement);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_prepare(ref nint statement);

    [LibraryImport(Library)]
    public static partial ulong duckdb_nparams(StatementHandle statement);

    [LibraryImport(Library)]
    public static partial int duckdb_prepared_statement_type(StatementHandle statement);

    [LibraryImport(Library)]
    public static partial ulong duckdb_prepared_statement_column_count(StatementHandle statement);

    [LibraryImport(Library)]
    public static partial nint duckdb_prepared_statement_column_name(StatementHandle statement, ulong column);

    [LibraryImport(Library)]
    public static partial LogicalTypeHandle duckdb_prepared_statement_column_logical_type(StatementHandle statement, ulong column);

    [LibraryImport(Library)]
    public static partial int duckdb_clear_bindings(StatementHandle statement);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_bind_parameter_index(StatementHandle statement, out ulong index, string name);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_value(StatementHandle statement, ulong index, ValueHandle value);

    [LibraryImport(Library)]
    public static partial int duckdb_execute_prepared(StatementHandle statement, NativeResult* result);

    [LibraryImport(Library)]
    public static partial int duckdb_execute_prepared_streaming(StatementHandle statement, NativeResult* result);
}
