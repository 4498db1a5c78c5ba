namespace Storefront.Replay;

/// <summary>Lines of many files in invoice-time order; equal times keep file and line order. Holds only files that overlap in time.</summary>
internal static class TimeOrder
{
    public static IEnumerable<RetailLine> Merge(IReadOnlyList<RetailFile> files)
    {
        var waiting = new Queue<(RetailFile File, DateTime First, int Index)>(files
            .Select((file, index) => (File: file, First: file.FirstTime(), Index: index))
            .Where(f => f.First is not null)
            .OrderBy(f => f.First).ThenBy(f => f.Index)
            .Select(f => (f.File, f.First!.Value, f.Index)));
        var open = new PriorityQueue<IEnumerator<RetailLine>, (DateTime, int)>();
        while (waiting.Count > 0 || open.Count > 0)
        {
            while (waiting.TryPeek(out var next) && (!open.TryPeek(out _, out var head) || next.First <= head.Item1))
            {
                waiting.Dequeue();
                var lines = next.File.Lines().OrderBy(l => l.Time).GetEnumerator();
                if (lines.MoveNext()) open.Enqueue(lines, (lines.Current.Time, next.Index));
            }
            open.TryDequeue(out var current, out var key);
            yield return current!.Current;
            if (current.MoveNext()) open.Enqueue(current, (current.Current.Time, key.Item2));
            else current.Dispose();
        }
    }
}
