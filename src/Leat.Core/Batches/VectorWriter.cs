namespace Leat.Core;

/// <summary>Writes vectors: NULL bits, then fixed values as a block, views and lists as lengths and content.</summary>
internal static unsafe class VectorWriter
{
    public static void Write(BatchSink sink, ColumnVector vector, RowSet rows)
    {
        var type = vector.Type;
        if (type.Kind == TypeKind.Null) return;
        WriteValidity(sink, vector, rows);
        if (type.IsView) WriteViews(sink, vector, rows);
        else if (type.Kind is TypeKind.List or TypeKind.Map) WriteLists(sink, vector, rows);
        else if (type.Kind == TypeKind.Array) Write(sink, vector.Children[0], Elements(type.Length, rows));
        else if (type.ValueSize > 0) WriteFixed(sink, vector, rows);
        else foreach (var child in vector.Children) Write(sink, child, rows);
    }

    private static void WriteValidity(BatchSink sink, ColumnVector vector, RowSet rows)
    {
        var hasNull = false;
        if (vector.Validity is not null)
            for (var i = 0; i < rows.Count && !hasNull; i++) hasNull = !vector.IsValid(rows[i]);
        sink.Byte(hasNull ? (byte)1 : (byte)0);
        if (!hasNull) return;
        var bits = sink.Block((rows.Count + 7) / 8);
        bits.Clear();
        for (var i = 0; i < rows.Count; i++)
            if (vector.IsValid(rows[i])) bits[i >> 3] |= (byte)(1 << (i & 7));
    }

    private static void WriteFixed(BatchSink sink, ColumnVector vector, RowSet rows)
    {
        var size = vector.Type.ValueSize;
        var block = sink.Block(checked(rows.Count * size));
        if (rows.RunStart >= 0) new ReadOnlySpan<byte>(vector.Data + ((long)rows.RunStart * size), block.Length).CopyTo(block);
        else for (var i = 0; i < rows.Count; i++) new ReadOnlySpan<byte>(vector.Data + ((long)rows[i] * size), size).CopyTo(block[(i * size)..]);
        if (vector.Validity is null) return;
        for (var i = 0; i < rows.Count; i++)
            if (!vector.IsValid(rows[i])) block.Slice(i * size, size).Clear();
    }

    private static void WriteViews(BatchSink sink, ColumnVector vector, RowSet rows)
    {
        var views = vector.Values<Text>();
        long total = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var length = vector.IsValid(rows[i]) ? views[rows[i]].Length : 0;
            sink.Number((ulong)length);
            total += length;
        }

        var block = sink.Block(checked((int)total));
        for (var i = 0; i < rows.Count; i++)
        {
            if (!vector.IsValid(rows[i])) continue;
            var bytes = views[rows[i]].Bytes;
            bytes.CopyTo(block);
            block = block[bytes.Length..];
        }
    }

    private static void WriteLists(BatchSink sink, ColumnVector vector, RowSet rows)
    {
        var entries = vector.Values<ListEntry>();
        var lists = new ListEntry[rows.Count];
        for (var i = 0; i < lists.Length; i++)
        {
            lists[i] = vector.IsValid(rows[i]) ? entries[rows[i]] : default;
            sink.Number(lists[i].Length);
        }

        var elements = RowSet.Elements(lists);
        foreach (var child in vector.Children) Write(sink, child, elements);
    }

    private static RowSet Elements(int length, RowSet rows)
    {
        if (rows.RunStart >= 0) return new RowSet(rows.RunStart * length, checked(rows.Count * length));
        var elements = new int[checked(rows.Count * length)];
        for (var i = 0; i < elements.Length; i++) elements[i] = (rows[i / length] * length) + (i % length);
        return new RowSet(elements);
    }
}
