namespace Leat.Log;

/// <summary>Rewrites the sealed segments of a partition so that of each key only the newest record stays. Runs beside readers and appends; the writer thread only swaps files.</summary>
/// <remarks>
/// One pass: the newest offset of each key in the part that was not compacted yet, as far as the memory reaches; then every sealed segment that begins before
/// there is written anew without older records of these keys, small neighbours together. A crash at any step leaves the old or the new files, never a mixture.
/// </remarks>
internal sealed class PartitionCompaction(PartitionLog log)
{
    private const int WindowBytes = 1 << 20;
    private readonly PartitionContext _context = log.Context;

    /// <summary>A pass, if enough is there to be compacted or tombstones are due.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var view = log.View;
        var done = log.CompactedTo;
        var ready = Ready(view);
        if (ready.Count == 0 || ready[^1].EndOffsetExcl < done) return; // after a restart the last segment is written on although it was compacted
        var dirty = ready.Where(s => s.EndOffsetExcl > done).ToList();
        var tombstonesDue = log.NextHorizonMs <= _context.NowMs;
        if (!tombstonesDue && (dirty.Count == 0 || dirty.Sum(s => s.SizeBytes) < _context.Topic.DirtyRatio * ready.Sum(s => s.SizeBytes))) return;
        var pass = Plan(view, dirty, done, ct) with { Remembered = await log.OrderAsync(w => w.RememberedBatches()).ConfigureAwait(false) };
        await RewriteAllAsync([.. ready.TakeWhile(s => s.BaseOffset < pass.EndExcl)], pass, ct).ConfigureAwait(false);
        OffsetFile.Write(_context.Files, _context.Folder, OffsetFile.Horizon, pass.NextHorizonMs);
        OffsetFile.Write(_context.Files, _context.Folder, OffsetFile.Compacted, pass.EndExcl);
        (log.CompactedTo, log.NextHorizonMs) = (pass.EndExcl, pass.NextHorizonMs);
    }

    /// <summary>Sealed segments in which every transaction has ended.</summary>
    private static List<Segment> Ready(PartitionView view) => [.. view.Segments[..^1].TakeWhile(s => s.EndOffsetExcl <= view.StableEndExcl)];

    private CompactionPass Plan(PartitionView view, List<Segment> dirty, long done, CancellationToken ct)
    {
        var keys = new KeyMap(_context.Options.CompactionMemoryBytes);
        var end = done;
        foreach (var segment in dirty)
        {
            ct.ThrowIfCancellationRequested();
            end = NoteKeys(segment, view, keys, done);
            if (end < segment.EndOffsetExcl) break;
        }
        return new CompactionPass(keys, end, view, _context.NowMs, (long)_context.Topic.TombstoneRetention.TotalMilliseconds);
    }

    /// <returns>How far it came: the end of the segment, or the first batch for which there is no memory.</returns>
    private long NoteKeys(Segment segment, PartitionView view, KeyMap keys, long from)
    {
        foreach (var batch in Batches(segment))
        {
            var header = BatchHeader.Read(batch.Span);
            if (keys.IsFull) return header.BaseOffset;
            if (header.EndOffsetExcl <= from) continue;
            if (header.IsControl || header.Count == 0 || (header.IsTransactional && view.IsAborted(header))) continue;
            NoteKeys(batch, view, keys);
        }
        return segment.EndOffsetExcl;
    }

    private void NoteKeys(ReadOnlyMemory<byte> batch, PartitionView view, KeyMap keys)
    {
        using var plain = BatchCopy.Make(batch.Span, view, int.MaxValue, _context.Where, out var taken);
        var length = plain.Length;
        using var block = new RecordBlock(plain.Detach(), null, new BlockExtent(length, 0, taken.ToOffsetExcl, taken.Records), _context.Where);
        foreach (ref readonly var record in block)
        {
            if (record.HasKey) keys.Note(record.Key, record.Offset);
        }
    }

    /// <summary>Neighbours go into one file as long as what is left of them, and the next one whole, fit the size of a segment.</summary>
    private async Task RewriteAllAsync(List<Segment> segments, CompactionPass pass, CancellationToken ct)
    {
        var filter = new BatchFilter(pass);
        for (var from = 0; from < segments.Count;)
        {
            var target = new Segment(_context.Folder, segments[from].BaseOffset, segments[from].Generation + 1) { BegunMs = segments[from].BegunMs };
            using var writer = new SegmentFileWriter(_context, target);
            var to = from;
            do
            {
                Rewrite(segments[to++], filter, writer, ct);
            }
            while (to < segments.Count && target.SizeBytes + segments[to].SizeBytes <= _context.Topic.SegmentBytes);
            await SwapAsync(segments[from..to], writer, pass).ConfigureAwait(false);
            from = to;
        }
    }

    private void Rewrite(Segment segment, BatchFilter filter, SegmentFileWriter writer, CancellationToken ct)
    {
        foreach (var batch in Batches(segment))
        {
            ct.ThrowIfCancellationRequested();
            var kept = filter.Filter(batch);
            if (!kept.IsEmpty) writer.Add(kept.Span);
        }
    }

    private async Task SwapAsync(List<Segment> old, SegmentFileWriter writer, CompactionPass pass)
    {
        writer.FillTo(old[^1].EndOffsetExcl);
        foreach (var key in old.SelectMany(KeysOf)) writer.Index.AddKey(key);
        writer.Finish();
        var (before, after) = (old.Sum(s => s.SizeBytes), writer.Target.SizeBytes);
        var replacement = new SegmentReplacement(old, writer.Target, writer.Path, writer.Index, pass.RemovedMarkers);
        if (await log.OrderAsync(w => w.Replace(replacement)).ConfigureAwait(false)) _context.Logger.Compacted(_context.Partition, old.Count, before, after);
    }

    private List<KeyEntry> KeysOf(Segment segment)
    {
        var keys = new List<KeyEntry>();
        _ = IndexFile.Load(_context.Files, segment.IndexPath, keys);
        return keys;
    }

    /// <summary>All batches, each valid until the next. Damage ends the pass: nothing is removed from a segment that cannot be read whole.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Batches(Segment segment)
    {
        using var file = _context.Files.OpenRead(segment.LogPath);
        using var scanner = new SegmentScanner(file, segment.SizeBytes, WindowBytes);
        var (position, offset) = (0L, segment.BaseOffset);
        while (position < segment.SizeBytes)
        {
            var problem = scanner.CheckBatch(position, offset, out var header, out ReadOnlyMemory<byte> batch);
            if (problem is not null) throw LogErrors.Damaged($"{_context.Partition} {segment.LogPath}:{position}", offset, problem, segment.EndOffsetExcl);
            yield return batch;
            (position, offset) = (position + header.TotalBytes, header.EndOffsetExcl);
        }
    }
}
