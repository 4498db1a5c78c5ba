using Leat.Storage;

namespace Leat.Log;

/// <summary>Reads every stored batch of a partition, also what readers do not see yet or any more: open and aborted transactions.</summary>
internal sealed class DamageCheck(PartitionLog log)
{
    private const int WindowBytes = 4 << 20;
    private readonly List<DamagedRange> _damage = [];
    private long _records;
    private long _bytes;

    /// <exception cref="Core.LeatException">LEAT2023 the disk failed.</exception>
    public PartitionReport Run(CancellationToken ct)
    {
        var view = log.View;
        try
        {
            for (var i = 0; i < view.Segments.Length; i++) CheckSegment(view, i, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.ThrowIfClosed();
            throw LogErrors.ReadFailed(log.Context.Where, e);
        }
        return new PartitionReport(log.Context.Partition, view.StartOffset, view.EndOffsetExcl, _records, _bytes, _damage);
    }

    private void CheckSegment(PartitionView view, int index, CancellationToken ct)
    {
        var segment = view.Segments[index];
        try
        {
            using var file = log.Context.Files.OpenRead(segment.LogPath);
            using var scanner = new SegmentScanner(file, view.BytesOf(index), WindowBytes);
            var next = Walk(scanner, view, index, ct);
            if (next < view.EndOf(index)) Note(view.StartOffset, next, view.EndOf(index), segment.LogPath, "the file ends too early");
        }
        catch (FileNotFoundException) when (log.View.Segments.Contains(segment))
        {
            Note(view.StartOffset, segment.BaseOffset, view.EndOf(index), segment.LogPath, "the segment file is missing");
        }
        catch (FileNotFoundException)
        {
            // Rewritten or removed since the check began: what it held is in another file, or not wanted any more.
        }
    }

    private long Walk(SegmentScanner scanner, PartitionView view, int index, CancellationToken ct)
    {
        var (segment, endBytes) = (view.Segments[index], view.BytesOf(index));
        var (position, next) = (0L, segment.BaseOffset);
        while (position < endBytes)
        {
            ct.ThrowIfCancellationRequested();
            if (scanner.CheckBatch(position, next, out var header, out ReadOnlySpan<byte> _) is not { } problem)
            {
                (_records, _bytes) = (_records + (header.IsControl ? 0 : header.Count), _bytes + header.TotalBytes);
                (position, next) = (position + header.TotalBytes, header.EndOffsetExcl);
                continue;
            }
            var found = scanner.FindNext(position, next);
            var resume = found >= 0 && scanner.TryHeader(found, out var after) ? after.BaseOffset : view.EndOf(index);
            Note(view.StartOffset, next, resume, $"{segment.LogPath} byte {position}", problem);
            (position, next) = (found >= 0 ? found : endBytes, resume);
        }
        return next;
    }

    private void Note(long startOffset, long from, long toExcl, string where, string problem)
    {
        if (toExcl > startOffset) _damage.Add(new DamagedRange(from, toExcl, where, problem));
    }
}
