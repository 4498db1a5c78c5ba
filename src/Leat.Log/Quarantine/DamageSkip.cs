using System.Globalization;

namespace Leat.Log;

/// <summary>Takes a damaged range out of a partition: its bytes are kept aside, an empty batch takes its place, and the segment is swapped like a compacted one.</summary>
internal sealed class DamageSkip(PartitionLog log, long offset)
{
    private const string FolderName = "quarantine";
    private const int WindowBytes = 1 << 20;
    private readonly PartitionContext _context = log.Context;

    /// <exception cref="Core.LeatException">LEAT2020 offset out of range; LEAT2038 nothing is damaged there; LEAT2037 the disk failed.</exception>
    public async Task<QuarantinedRange> RunAsync(CancellationToken ct)
    {
        var view = log.View;
        if (offset < view.StartOffset || offset >= view.EndOffsetExcl) throw LogErrors.OutOfRange(_context.Where, offset, view);
        var index = view.IndexOf(offset);
        if (index == view.Segments.Length - 1)
        {
            RefuseUndamaged(view.Segments[index], view.LastBytes);
            _ = await log.OrderAsync(w => w.SealAndContinue()).ConfigureAwait(false);
            view = log.View;
            index = view.IndexOf(offset);
        }
        ct.ThrowIfCancellationRequested();
        return await SwapAsync(view.Segments[index], view.Segments[index + 1].BaseOffset).ConfigureAwait(false);
    }

    private async Task<QuarantinedRange> SwapAsync(Segment old, long nextBase)
    {
        var target = new Segment(_context.Folder, old.BaseOffset, old.Generation + 1) { BegunMs = old.BegunMs };
        using var writer = new SegmentFileWriter(_context, target);
        var skipped = Rewrite(old, writer);
        if (offset >= old.EndOffsetExcl)
        {
            skipped = new QuarantinedRange(_context.Partition, old.EndOffsetExcl, nextBase, 0, "");
            writer.FillTo(nextBase);
        }
        if (skipped is null) throw LogErrors.NotDamaged(_context.Where, offset);
        writer.Finish();
        var replacement = new SegmentReplacement([old], target, writer.Path, writer.Index, System.Collections.Frozen.FrozenSet<long>.Empty);
        if (!await log.OrderAsync(w => w.Replace(replacement)).ConfigureAwait(false))
        {
            throw LogErrors.ChangeFailed(_context.Where, new IOException($"{old.LogPath} was replaced or removed meanwhile"));
        }
        _context.Logger.DamageSkipped(_context.Partition, skipped);
        return skipped;
    }

    /// <summary>Copies the segment. The damage that was asked for goes aside; other damage stays what it is.</summary>
    private QuarantinedRange? Rewrite(Segment old, SegmentFileWriter writer)
    {
        QuarantinedRange? skipped = null;
        var keys = new List<KeyEntry>();
        _ = IndexFile.Load(_context.Files, old.IndexPath, keys);
        foreach (var key in keys) writer.Index.AddKey(key);
        using var file = _context.Files.OpenRead(old.LogPath);
        using var scanner = new SegmentScanner(file, old.SizeBytes, WindowBytes);
        var (position, next) = (0L, old.BaseOffset);
        while (position < old.SizeBytes)
        {
            if (scanner.CheckBatch(position, next, out var header, out ReadOnlySpan<byte> batch) is null)
            {
                writer.Add(batch);
                (position, next) = (position + header.TotalBytes, header.EndOffsetExcl);
                continue;
            }
            var found = scanner.FindNext(position, next);
            var (end, resume) = found >= 0 && scanner.TryHeader(found, out var after) ? (found, after.BaseOffset) : (old.SizeBytes, old.EndOffsetExcl);
            var bytes = new byte[end - position];
            _ = file.Read(bytes, position);
            if (offset >= next && offset < resume)
            {
                skipped = new QuarantinedRange(_context.Partition, next, resume, bytes.Length, Keep(bytes, next, resume));
                writer.FillTo(resume);
            }
            else
            {
                writer.AddDamaged(bytes, resume);
            }
            (position, next) = (end, resume);
        }
        return skipped;
    }

    private string Keep(byte[] bytes, long from, long toExcl)
    {
        var folder = Path.Combine(_context.Folder, FolderName);
        _context.Files.CreateFolder(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{from:D20}-{toExcl:D20}.bytes"));
        _context.Files.Replace(path, bytes);
        return path;
    }

    /// <summary>Nothing is sealed for a wrong offset.</summary>
    private void RefuseUndamaged(Segment last, long bytes)
    {
        using var file = _context.Files.OpenRead(last.LogPath);
        using var scanner = new SegmentScanner(file, bytes, WindowBytes);
        var (position, next) = (0L, last.BaseOffset);
        while (position < bytes && next <= offset)
        {
            if (scanner.CheckBatch(position, next, out var header, out ReadOnlySpan<byte> _) is not null) return;
            (position, next) = (position + header.TotalBytes, header.EndOffsetExcl);
        }
        throw LogErrors.NotDamaged(_context.Where, offset);
    }
}
