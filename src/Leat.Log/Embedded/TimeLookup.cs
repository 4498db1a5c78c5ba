namespace Leat.Log;

/// <summary>Finds records by time.</summary>
internal static class TimeLookup
{
    private const int ReadBytes = 256 << 10;

    /// <summary>First offset whose record time is at or after <paramref name="timestampMs"/>; the end of what readers may see when there is none.</summary>
    public static async ValueTask<long> FirstAtAsync(PartitionLog log, long timestampMs, CancellationToken ct)
    {
        var view = log.View;
        var segment = Array.Find(view.Segments, s => s.MaxTimestampMs >= timestampMs);
        if (segment is null) return view.StableEndExcl;
        var points = log.PointsOf(segment);
        var point = points.FindLastIndex(p => p.MaxTimestampBeforeMs < timestampMs);
        var reader = new PartitionReader(log, Math.Max(view.StartOffset, point < 0 ? segment.BaseOffset : points[point].Offset));
        await using (reader.ConfigureAwait(false))
        {
            while (reader.Position < view.StableEndExcl)
            {
                using var block = await reader.ReadAsync(ReadBytes, TimeSpan.Zero, ct).ConfigureAwait(false);
                if (block is null) break;
                var found = FirstIn(block, timestampMs);
                if (found >= 0) return found;
            }
        }
        return view.StableEndExcl;
    }

    private static long FirstIn(RecordBlock block, long timestampMs)
    {
        foreach (ref readonly var record in block)
        {
            if (record.TimestampMs >= timestampMs) return record.Offset;
        }
        return -1;
    }
}
