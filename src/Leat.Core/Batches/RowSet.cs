namespace Leat.Core;

/// <summary>Rows of a vector: a run from a start, or those listed.</summary>
internal readonly struct RowSet
{
    private readonly int[]? _rows;
    private readonly int _start;

    public RowSet(int start, int count)
    {
        _start = start;
        Count = count;
    }

    public RowSet(int[] rows)
    {
        _rows = rows;
        Count = rows.Length;
    }

    public int Count { get; }

    /// <summary>First row of the run, or -1 where the rows are listed.</summary>
    public int RunStart => _rows is null ? _start : -1;

    public int this[int index] => _rows is null ? _start + index : _rows[index];

    /// <summary>The element rows of lists of which each starts and is as long as told.</summary>
    public static RowSet Elements(ReadOnlySpan<ListEntry> lists)
    {
        long total = 0;
        long next = -1;
        var isRun = true;
        foreach (var list in lists)
        {
            if (list.Length == 0) continue;
            isRun &= next < 0 || (long)list.Offset == next;
            next = (long)(list.Offset + list.Length);
            total += (long)list.Length;
        }

        if (isRun) return new RowSet((int)(Math.Max(next, 0) - total), checked((int)total));
        var rows = new int[checked((int)total)];
        var at = 0;
        foreach (var list in lists)
            for (var i = 0; i < (int)list.Length; i++) rows[at++] = (int)list.Offset + i;
        return new RowSet(rows);
    }
}
