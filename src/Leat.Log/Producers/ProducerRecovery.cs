namespace Leat.Log;

/// <summary>Brings the producers of a partition up to date at opening: newest snapshot, then the batches after it.</summary>
internal static class ProducerRecovery
{
    private const int WindowBytes = 1 << 20;

    /// <param name="context">The partition.</param>
    /// <param name="segments">Its segments, recovered.</param>
    public static ProducerTable Run(PartitionContext context, List<Segment> segments)
    {
        var table = new ProducerTable(context.Options.Producers);
        var from = ProducerSnapshot.Load(context.Files, context.Folder, table, segments[^1].EndOffsetExcl);
        if (from >= 0 && from < segments[0].BaseOffset) table.ForgetBatches();
        foreach (var segment in segments)
        {
            if (segment.EndOffsetExcl > from && segment.SizeBytes > 0) Replay(context, segment, from, table);
        }
        var gone = segments.Where(s => s.Generation > 0).SelectMany(s => GoneMarkers(context, s, table.Aborted)).ToHashSet();
        table.ForgetAborted(a => a.MarkerOffset < segments[0].BaseOffset || gone.Contains(a.MarkerOffset));
        return table;
    }

    /// <summary>Markers that compaction removed after the snapshot was taken. A client told of such an abort would wait for its marker and drop what the producer committed later.</summary>
    private static IEnumerable<long> GoneMarkers(PartitionContext context, Segment segment, AbortedRange[] aborted)
    {
        var wanted = aborted.Select(a => a.MarkerOffset).Where(m => m >= segment.BaseOffset && m < segment.EndOffsetExcl).ToHashSet();
        if (wanted.Count == 0) return wanted;
        using var file = context.Files.OpenRead(segment.LogPath);
        using var scanner = new SegmentScanner(file, segment.SizeBytes, WindowBytes);
        var (position, offset) = PointBefore(context, segment, wanted.Min());
        while (position < segment.SizeBytes && scanner.CheckBatch(position, offset, out var header, out ReadOnlySpan<byte> _) is null)
        {
            if (header.IsControl) _ = wanted.Remove(header.BaseOffset);
            (position, offset) = (position + header.TotalBytes, header.EndOffsetExcl);
        }
        if (position < segment.SizeBytes) _ = wanted.RemoveWhere(m => m >= offset); // hidden by damage: nothing is known of them
        return wanted;
    }

    private static void Replay(PartitionContext context, Segment segment, long from, ProducerTable table)
    {
        using var file = context.Files.OpenRead(segment.LogPath);
        using var scanner = new SegmentScanner(file, segment.SizeBytes, WindowBytes);
        var (position, offset) = PointBefore(context, segment, from);
        while (position < segment.SizeBytes)
        {
            if (scanner.CheckBatch(position, offset, out var header, out ReadOnlySpan<byte> batch) is not null)
            {
                position = scanner.FindNext(position, offset);
                if (position < 0 || !scanner.TryHeader(position, out header)) return;
                offset = header.BaseOffset;
                continue;
            }
            if (header.BaseOffset >= from && header.ProducerId >= 0)
            {
                table.Note(header, header.IsControl && ControlBatch.Commits(batch), context.NowMs);
                table.Accept();
            }
            (position, offset) = (position + header.TotalBytes, header.EndOffsetExcl);
        }
    }

    private static (long Position, long Offset) PointBefore(PartitionContext context, Segment segment, long from)
    {
        if (from <= segment.BaseOffset) return (0, segment.BaseOffset);
        var points = IndexFile.Load(context.Files, segment.IndexPath, null) ?? [];
        var index = points.FindLastIndex(p => p.Offset <= from);
        return index < 0 ? (0, segment.BaseOffset) : (points[index].Position, points[index].Offset);
    }
}
