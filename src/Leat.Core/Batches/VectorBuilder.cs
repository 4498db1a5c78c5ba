using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Leat.Core;

/// <summary>Takes the values of one column, or of one child of a nested column, one after the other.</summary>
/// <remarks>One value a row. Owned by a <see cref="BatchBuilder"/> and used by one thread at a time. Values that do not fit the type throw LEAT1080.</remarks>
public sealed unsafe partial class VectorBuilder
{
    private const int FirstCapacity = 128;
    private readonly Field _field;
    private readonly TypeKind _kind;
    private readonly int _valueSize;
    private readonly ImmutableArray<VectorBuilder> _children;
    private NativeArena _arena;
    private byte* _values;
    private ulong* _validity;
    private int _capacity;
    private int _count;

    internal VectorBuilder(Field field, NativeArena arena)
    {
        _field = field;
        _kind = field.Type.Kind;
        _valueSize = field.Type.ValueSize;
        _arena = arena;
        var children = field.Type.Children.Select(child => new VectorBuilder(child, arena));
        if (_kind == TypeKind.Union) children = children.Prepend(new VectorBuilder(new Field("tag", DataType.UInt8), arena));
        _children = [.. children];
        if (_kind == TypeKind.Enum) _labels = MakeLabels(field.Type.Labels);
    }

    public DataType Type => _field.Type;

    /// <summary>Values taken since the last vector was closed; for a child of a list, elements.</summary>
    public int Count => _count;

    /// <summary>A NULL; in a struct, array or union its members become NULL too.</summary>
    public void AppendNull()
    {
        var row = TakeRow();
        MarkNull(row);
        if (_valueSize > 0) new Span<byte>(_values + ((long)row * _valueSize), _valueSize).Clear();
        if (_kind is TypeKind.Struct or TypeKind.Union) foreach (var child in _children) child.AppendNull();
        if (_kind != TypeKind.Array) return;
        for (var i = 0; i < Type.Length; i++) _children[0].AppendNull();
    }

    /// <summary>A value in its storage form, which is taken as it is; <typeparamref name="T"/> has the size of <see cref="DataType.ValueSize"/>. Not for text.</summary>
    /// <exception cref="InvalidOperationException">The size differs, or the type holds views.</exception>
    public void AppendStored<T>(T value)
        where T : unmanaged
    {
        if (sizeof(T) != _valueSize || Type.IsView) throw new InvalidOperationException($"column '{_field.Name}' of {Type} is not stored as {typeof(T).Name}");
        Put(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put<T>(T value)
        where T : unmanaged
    {
        if (_count == _capacity) Grow();
        ((T*)_values)[_count++] = value;
    }

    private int TakeRow()
    {
        if (_count == _capacity) Grow();
        return _count++;
    }

    private void MarkNull(int row)
    {
        if (_validity is null)
        {
            var bytes = BitmapBytes(_capacity);
            _validity = (ulong*)NativeMemory.Alloc(bytes);
            NativeMemory.Fill(_validity, bytes, 0xFF);
        }

        _validity[row >> 6] &= ~(1UL << (row & 63));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        var capacity = Math.Max(FirstCapacity, checked(_capacity * 2));
        if (_valueSize > 0) _values = (byte*)NativeMemory.Realloc(_values, (nuint)capacity * (nuint)_valueSize);
        if (_validity is not null)
        {
            var (old, grown) = (BitmapBytes(_capacity), BitmapBytes(capacity));
            _validity = (ulong*)NativeMemory.Realloc(_validity, grown);
            NativeMemory.Fill((byte*)_validity + old, grown - old, 0xFF);
        }

        _capacity = capacity;
    }

    private static nuint BitmapBytes(int capacity) => (nuint)((capacity + 63) / 64 * sizeof(ulong));

    /// <summary>Closes the vector: its memory goes to the arena, and the builder starts empty.</summary>
    internal ColumnVector Seal()
    {
        var children = _children.Select(child => child.Seal()).ToImmutableArray();
        var sealedVector = new ColumnVector(Type, _values, _validity, _count, children);
        _arena.Adopt(_values, (long)_capacity * _valueSize);
        _arena.Adopt(_validity, (long)BitmapBytes(_capacity));
        Forget();
        return sealedVector;
    }

    internal void MoveTo(NativeArena arena)
    {
        _arena = arena;
        foreach (var child in _children) child.MoveTo(arena);
    }

    internal void Free()
    {
        NativeMemory.Free(_values);
        NativeMemory.Free(_validity);
        Forget();
        foreach (var child in _children) child.Free();
    }

    private void Forget()
    {
        _values = null;
        _validity = null;
        _capacity = 0;
        _count = 0;
        _openStart = -1;
    }
}
