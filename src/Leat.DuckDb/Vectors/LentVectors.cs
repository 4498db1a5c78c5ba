using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>Vectors of a chunk that the engine takes back when a callback returns.</summary>
internal sealed unsafe class LentVectors : ILentMemory
{
    private readonly Schema _schema;
    private readonly int _rows;
    private readonly nint[] _vectors;
    private readonly List<VectorHandle> _flattened = [];

    private LentVectors(Schema schema, int rows)
    {
        _schema = schema;
        _rows = rows;
        _vectors = new nint[schema.Count];
    }

    /// <summary>A batch over the chunk's columns from <paramref name="firstColumn"/> on, valid until it is disposed.</summary>
    public static Batch Wrap(Schema schema, nint chunk, int firstColumn = 0)
    {
        var lent = new LentVectors(schema, (int)NativeMethods.duckdb_data_chunk_get_size(chunk));
        try
        {
            for (var i = 0; i < schema.Count; i++) lent._vectors[i] = lent.Flat(schema[i].Type, NativeMethods.duckdb_data_chunk_get_vector(chunk, (ulong)(i + firstColumn)));
            return lent.Over(lent._vectors, lent);
        }
        catch
        {
            lent.Dispose();
            throw;
        }
    }

    public Batch Copy()
    {
        var copies = new OwnedVectors();
        try
        {
            for (var i = 0; i < _vectors.Length; i++) copies.Add(CopyOf(_schema[i].Type, _vectors[i]));
            return Over(copies.Pointers, copies);
        }
        catch
        {
            copies.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var copy in _flattened) copy.Dispose();
    }

    private Batch Over(IReadOnlyList<nint> vectors, IDisposable owner)
    {
        var columns = ImmutableArray.CreateBuilder<ImmutableArray<ColumnVector>>(_schema.Count);
        for (var i = 0; i < _schema.Count; i++) columns.Add([ChunkReader.Read(_schema[i].Type, vectors[i], _rows)]);
        return new Batch(_schema, _rows, columns.MoveToImmutable(), owner);
    }

    /// <summary>The engine flattens what it hands to a function, but not vectors within vectors.</summary>
    private nint Flat(DataType type, nint vector)
    {
        if (type.Children.Length == 0) return vector;
        var copy = CopyOf(type, vector);
        _flattened.Add(copy);
        return copy.DangerousGetHandle();
    }

    private VectorHandle CopyOf(DataType type, nint vector)
    {
        using var native = NativeTypes.Make(type);
        var copy = NativeMethods.duckdb_create_vector(native, (ulong)Math.Max(_rows, ColumnVector.Capacity));
        using var selection = NativeMethods.duckdb_create_selection_vector((ulong)Math.Max(_rows, 1));
        var indexes = NativeMethods.duckdb_selection_vector_get_data_ptr(selection);
        for (var i = 0; i < _rows; i++) indexes[i] = (uint)i;
        NativeMethods.duckdb_vector_copy_sel(vector, copy.DangerousGetHandle(), selection, (ulong)_rows, 0, 0);
        return copy;
    }
}
