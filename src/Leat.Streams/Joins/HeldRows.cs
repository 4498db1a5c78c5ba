namespace Leat.Streams.Joins;

/// <summary>Rows of one side of a key, oldest first.</summary>
internal sealed class HeldRows<T>(ListState<Held<T>> list)
{
    public int Count => list.Count;

    /// <summary>Time of the oldest; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Oldest => list.Count == 0 ? long.MaxValue : list.Items[0].Time;

    public ReadOnlySpan<Held<T>> Items => list.Items;

    /// <summary>Puts the row behind those that are not younger.</summary>
    public void Add(long time, T row, bool isMatched)
    {
        var at = list.Count;
        if (at > 0 && list.Items[at - 1].Time > time) at = IndexOf(time + 1);
        list.Insert(at, new Held<T> { Time = time, Row = row, IsMatched = isMatched });
    }

    /// <summary>Index of the first row that is not older than a time.</summary>
    public int IndexOf(long time)
    {
        var (low, high) = (0, list.Count);
        var items = list.Items;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (items[middle].Time < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    public void MarkMatched(int index) => list.At(index).IsMatched = true;

    public void DropFirst(int count)
    {
        if (count > 0) list.RemoveRange(0, count);
    }
}
