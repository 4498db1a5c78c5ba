using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>A chunk of the engine as a batch, without copying.</summary>
internal static unsafe class ChunkReader
{
    /// <summary>A batch over the chunk, which it owns.</summary>
    public static Batch Wrap(Schema schema, ChunkHandle chunk) => Wrap(schema, chunk.DangerousGetHandle(), chunk);

    /// <summary>A batch over a chunk; <paramref name="owner"/> is disposed with it.</summary>
    public static Batch Wrap(Schema schema, nint chunk, IDisposable owner)
    {
        var rows = (int)NativeMethods.duckdb_data_chunk_get_size(chunk);
        var columns = ImmutableArray.CreateBuilder<ImmutableArray<ColumnVector>>(schema.Count);
        for (var i = 0; i < schema.Count; i++)
            columns.Add([Read(schema[i].Type, NativeMethods.duckdb_data_chunk_get_vector(chunk, (ulong)i), rows)]);
        return new Batch(schema, rows, columns.MoveToImmutable(), owner);
    }

    /// <summary>A view of the first <paramref name="rows"/> rows of a flat vector.</summary>
    public static ColumnVector Read(DataType type, nint vector, int rows)
    {
        var data = type.ValueSize == 0 ? null : NativeMethods.duckdb_vector_get_data(vector);
        return new ColumnVector(type, data, NativeMethods.duckdb_vector_get_validity(vector), rows, Children(type, vector, rows));
    }

    private static ImmutableArray<ColumnVector> Children(DataType type, nint vector, int rows)
    {
        switch (type.Kind)
        {
            case TypeKind.List:
                return [Read(type.Children[0].Type, NativeMethods.duckdb_list_vector_get_child(vector), (int)NativeMethods.duckdb_list_vector_get_size(vector))];
            case TypeKind.Array:
                return [Read(type.Children[0].Type, NativeMethods.duckdb_array_vector_get_child(vector), rows * type.Length)];
            case TypeKind.Map:
                return Members(type.Children, NativeMethods.duckdb_list_vector_get_child(vector), (int)NativeMethods.duckdb_list_vector_get_size(vector));
            case TypeKind.Struct:
                return Members(type.Children, vector, rows);
            case TypeKind.Union:
                return Members(type.Children.Insert(0, new Field("", DataType.UInt8)), vector, rows);
            default:
                return [];
        }
    }

    private static ImmutableArray<ColumnVector> Members(ImmutableArray<Field> fields, nint vector, int rows)
    {
        var children = ImmutableArray.CreateBuilder<ColumnVector>(fields.Length);
        for (var i = 0; i < fields.Length; i++) children.Add(Read(fields[i].Type, NativeMethods.duckdb_struct_vector_get_child(vector, (ulong)i), rows));
        return children.MoveToImmutable();
    }
}
