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
        foreach (var segment in segments)
        {
            if (segment.EndOffsetExcl > from && segment.SizeBytes > 0) Replay(context, segment, from, table);
        }
        return table;
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
