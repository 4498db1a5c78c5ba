using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>Reads what <see cref="VectorWriter"/> wrote into an arena.</summary>
internal static unsafe class VectorReader
{
    public static ColumnVector Read(ref BatchSource source, DataType type, int count, NativeArena arena)
    {
        if (type.Kind == TypeKind.Null) return ReadNulls(type, count, arena);
        var validity = ReadValidity(ref source, count, arena);
        if (type.IsView) return new ColumnVector(type, ReadViews(ref source, count, arena), validity, count, []);
        if (type.Kind is TypeKind.List or TypeKind.Map) return ReadLists(ref source, type, validity, count, arena);
        if (type.ValueSize > 0)
        {
            var stored = source.Block((long)count * type.ValueSize);
            var values = arena.TakeAligned(stored.Length);
            stored.CopyTo(new Span<byte>(values, stored.Length));
            return new ColumnVector(type, values, validity, count, []);
        }

        var childCount = type.Kind == TypeKind.Array ? (long)count * type.Length : count;
        if (childCount > int.MaxValue) throw BatchErrors.Corrupt($"{childCount} elements");
        return new ColumnVector(type, null, validity, count, ReadChildren(ref source, type, (int)childCount, arena));
    }

    private static ImmutableArray<ColumnVector> ReadChildren(ref BatchSource source, DataType type, int count, NativeArena arena)
    {
        var children = ImmutableArray.CreateBuilder<ColumnVector>(type.Children.Length + 1);
        if (type.Kind == TypeKind.Union) children.Add(Read(ref source, DataType.UInt8, count, arena));
        foreach (var child in type.Children) children.Add(Read(ref source, child.Type, count, arena));
        return children.ToImmutable();
    }

    private static ColumnVector ReadNulls(DataType type, int count, NativeArena arena)
    {
        var bits = (ulong*)arena.TakeAligned(((long)count + 63) / 64 * sizeof(ulong));
        new Span<ulong>(bits, (count + 63) / 64).Clear();
        var values = arena.TakeAligned(count);
        new Span<byte>(values, count).Clear();
        return new ColumnVector(type, values, bits, count, []);
    }

    private static ulong* ReadValidity(ref BatchSource source, int count, NativeArena arena)
    {
        if (source.Byte() == 0) return null;
        var stored = source.Block((count + 7) / 8);
        var words = (count + 63) / 64;
        var bits = (ulong*)arena.TakeAligned((long)words * sizeof(ulong));
        new Span<ulong>(bits, words).Clear();
        stored.CopyTo(new Span<byte>(bits, words * sizeof(ulong)));
        return bits;
    }

    private static byte* ReadViews(ref BatchSource source, int count, NativeArena arena)
    {
        source.Require(count);
        var views = (Text*)arena.TakeAligned((long)count * sizeof(Text));
        var lengths = new int[count];
        long total = 0;
        for (var i = 0; i < count; i++) total += lengths[i] = (int)source.Number(int.MaxValue);
        var bytes = source.Block(total);
        var kept = arena.Take(total);
        bytes.CopyTo(new Span<byte>(kept, bytes.Length));
        foreach (var length in lengths)
        {
            *views++ = new Text(kept, length);
            kept += length;
        }

        return (byte*)(views - count);
    }

    private static ColumnVector ReadLists(ref BatchSource source, DataType type, ulong* validity, int count, NativeArena arena)
    {
        source.Require(count);
        var entries = (ListEntry*)arena.TakeAligned((long)count * sizeof(ListEntry));
        long next = 0;
        for (var i = 0; i < count; i++)
        {
            var length = source.Number(int.MaxValue);
            entries[i] = new ListEntry((ulong)next, (ulong)length);
            next += length;
        }

        if (next > int.MaxValue) throw BatchErrors.Corrupt($"{next} elements");
        return new ColumnVector(type, (byte*)entries, validity, count, ReadChildren(ref source, type, (int)next, arena));
    }
}
