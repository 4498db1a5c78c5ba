using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>Copies vectors block by block into the engine's.</summary>
/// <remarks>
/// Long texts: with <c>keepsViews</c> the engine gets pointers into the batch, for calls that copy before they return; else the bytes go into the
/// target's own heap with one call a vector, so that the batch may be freed at once.
/// </remarks>
internal static unsafe class ChunkWriter
{
    private const int BitsPerWord = 64;

    /// <summary>Copies rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> of <paramref name="source"/> to the start of <paramref name="target"/>.</summary>
    public static void Copy(ColumnVector source, int start, int count, nint target, bool keepsViews)
    {
        var type = source.Type;
        CopyValidity(source, start, count, target);
        switch (type.Kind)
        {
            case TypeKind.Null: break;
            case TypeKind.List or TypeKind.Map: CopyLists(source, start, count, target, keepsViews); break;
            case TypeKind.Array: Copy(source.Children[0], start * type.Length, count * type.Length, NativeMethods.duckdb_array_vector_get_child(target), keepsViews); break;
            case TypeKind.Struct or TypeKind.Union: CopyMembers(source, start, count, target, keepsViews); break;
            default:
                var values = NativeMethods.duckdb_vector_get_data(target);
                Buffer.MemoryCopy(source.Data + ((long)start * type.ValueSize), values, (long)count * type.ValueSize, (long)count * type.ValueSize);
                if (type.IsView && !keepsViews) MoveTexts((Text*)values, source, start, count, target);
                break;
        }
    }

    private static void CopyValidity(ColumnVector source, int start, int count, nint target)
    {
        if (source.Validity is null || count == 0) return;
        NativeMethods.duckdb_vector_ensure_validity_writable(target);
        var bits = NativeMethods.duckdb_vector_get_validity(target);
        var words = (count + BitsPerWord - 1) / BitsPerWord;
        if (start % BitsPerWord == 0)
        {
            new ReadOnlySpan<ulong>(source.Validity + (start / BitsPerWord), words).CopyTo(new Span<ulong>(bits, words));
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var bit = 1UL << (i % BitsPerWord);
            if (source.IsValid(start + i)) bits[i / BitsPerWord] |= bit;
            else bits[i / BitsPerWord] &= ~bit;
        }
    }

    private static void CopyMembers(ColumnVector source, int start, int count, nint target, bool keepsViews)
    {
        for (var i = 0; i < source.Children.Length; i++) Copy(source.Children[i], start, count, NativeMethods.duckdb_struct_vector_get_child(target, (ulong)i), keepsViews);
    }

    private static void CopyLists(ColumnVector source, int start, int count, nint target, bool keepsViews)
    {
        var (first, end) = ElementRange(source, start, count);
        var entries = (ListEntry*)NativeMethods.duckdb_vector_get_data(target);
        var given = source.Values<ListEntry>();
        for (var i = 0; i < count; i++)
            entries[i] = source.IsValid(start + i) ? new ListEntry(given[start + i].Offset - (ulong)first, given[start + i].Length) : default;
        var length = end - first;
        _ = NativeMethods.duckdb_list_vector_reserve(target, (ulong)length);
        _ = NativeMethods.duckdb_list_vector_set_size(target, (ulong)length);
        var child = NativeMethods.duckdb_list_vector_get_child(target);
        if (source.Type.Kind == TypeKind.List) Copy(source.Children[0], first, length, child, keepsViews);
        else for (var i = 0; i < 2; i++) Copy(source.Children[i], first, length, NativeMethods.duckdb_struct_vector_get_child(child, (ulong)i), keepsViews);
    }

    private static (int First, int End) ElementRange(ColumnVector source, int start, int count)
    {
        var given = source.Values<ListEntry>();
        var (first, end) = (int.MaxValue, 0);
        for (var i = start; i < start + count; i++)
        {
            if (!source.IsValid(i) || given[i].Length == 0) continue;
            first = Math.Min(first, (int)given[i].Offset);
            end = Math.Max(end, (int)(given[i].Offset + given[i].Length));
        }

        return end == 0 ? (0, 0) : (first, end);
    }

    /// <summary>All long texts go as one block into the target's heap, and the views are pointed there.</summary>
    private static void MoveTexts(Text* views, ColumnVector source, int start, int count, nint target)
    {
        long total = 0;
        for (var i = 0; i < count; i++)
            if (source.IsValid(start + i) && views[i].Length > Text.InlineLength) total += views[i].Length;
            else if (!source.IsValid(start + i)) views[i] = default;
        if (total == 0) return;
        var gathered = (byte*)NativeMemory.Alloc((nuint)total);
        try
        {
            var end = gathered;
            for (var i = 0; i < count; i++)
            {
                if (views[i].Length <= Text.InlineLength) continue;
                views[i].Bytes.CopyTo(new Span<byte>(end, views[i].Length));
                end += views[i].Length;
            }

            var first = views[0];
            NativeMethods.duckdb_unsafe_vector_assign_string_element_len(target, 0, gathered, (ulong)total);
            var kept = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(views[0].Bytes));
            views[0] = first;
            for (var i = 0; i < count; i++)
            {
                if (views[i].Length <= Text.InlineLength) continue;
                var length = views[i].Length;
                views[i] = new Text(kept, length);
                kept += length;
            }
        }
        finally
        {
            NativeMemory.Free(gathered);
        }
    }
}
