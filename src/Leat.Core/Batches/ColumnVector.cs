using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Leat.Core;

/// <summary>Up to 2,048 values of one column (children of lists may hold more) with a validity bitmap, laid out as a DuckDB vector.</summary>
/// <remarks>Valid while its batch is alive. Safe reads check the bounds; spans do not outlive the batch.</remarks>
public sealed unsafe class ColumnVector
{
    /// <summary>Rows in a full vector.</summary>
    public const int Capacity = 2048;

    private readonly byte* _values;
    private readonly ulong* _validity;

    /// <summary>A view of native memory owned by the batch.</summary>
    /// <param name="type">Type of the values.</param>
    /// <param name="values"><paramref name="count"/> values of <see cref="DataType.ValueSize"/> bytes.</param>
    /// <param name="validity">One bit a row, set = valid; null = all valid.</param>
    /// <param name="count">Rows.</param>
    /// <param name="children">Child vectors of nested types.</param>
    public ColumnVector(DataType type, byte* values, ulong* validity, int count, ImmutableArray<ColumnVector> children)
    {
        Type = type;
        _values = values;
        _validity = validity;
        Count = count;
        Children = children;
    }

    public DataType Type { get; }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>List and array: one. Struct: one a field. Map: key and value. Union: the tag, then one a member.</summary>
    public ImmutableArray<ColumnVector> Children { get; }

    /// <summary>Start of the values, for block copies.</summary>
    public byte* Data => _values;

    /// <summary>Start of the bitmap, or null when all rows are valid.</summary>
    public ulong* Validity => _validity;

    /// <summary>Whether row <paramref name="row"/> (counted from 0) is not NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsValid(int row) => _validity is null || (_validity[row >> 6] >> (row & 63) & 1) != 0;

    /// <summary>All values as their storage type; NULL rows hold anything.</summary>
    /// <exception cref="InvalidOperationException">The size of <typeparamref name="T"/> is not the type's.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        if (sizeof(T) != Type.ValueSize) throw new InvalidOperationException($"column of {Type} holds values of {Type.ValueSize} bytes, not {sizeof(T)} ({typeof(T).Name})");
        return new ReadOnlySpan<T>(_values, Count);
    }
}
