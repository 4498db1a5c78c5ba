namespace Leat.Log;

/// <summary>Reads batches of a segment again and brings segment and index up to date with them.</summary>
internal sealed class SegmentReplay(PartitionContext context, Action<LogRecovery> report, Segment segment, SegmentIndex index)
{
    /// <summary>Takes all valid batches up to <paramref name="endBytes"/>, which were fsynced: what is not valid is damage, kept and reported.</summary>
    /// <param name="scanner">Sees at least up to <paramref name="endBytes"/>.</param>
    /// <param name="endBytes">End of what was fsynced.</param>
    /// <param name="endOffsetExcl">Offset there.</param>
    /// <param name="onKey">Told of each idempotency key.</param>
    public void Trusted(SegmentScanner scanner, long endBytes, long endOffsetExcl, Action<KeyEntry> onKey)
    {
        while (segment.SizeBytes < endBytes)
        {
            if (TryTake(scanner, onKey)) continue;
            var (from, fromOffset) = (segment.SizeBytes, segment.EndOffsetExcl);
            var next = scanner.FindNext(from, fromOffset);
            if (next >= 0 && next < endBytes && scanner.TryHeader(next, out var header)) (segment.SizeBytes, segment.EndOffsetExcl) = (next, header.BaseOffset);
            else (segment.SizeBytes, segment.EndOffsetExcl) = (endBytes, endOffsetExcl);
            var damage = new LogRecovery(context.Partition, LogRecoveryKind.Damage, segment.LogPath, from, segment.SizeBytes - from, fromOffset, segment.EndOffsetExcl);
            context.Logger.Damage(context.Partition, damage);
            report(damage);
        }
    }

    /// <summary>Takes valid batches up to the first that is not.</summary>
    public void UpToFirstInvalid(SegmentScanner scanner, Action<KeyEntry> onKey)
    {
        while (TryTake(scanner, onKey))
        {
            // The condition does the work.
        }
    }

    private bool TryTake(SegmentScanner scanner, Action<KeyEntry> onKey)
    {
        if (scanner.CheckBatch(segment.SizeBytes, segment.EndOffsetExcl, out var header, out ReadOnlySpan<byte> batch) is not null) return false;
        index.Add(header, segment.SizeBytes, segment.MaxTimestampMs);
        if (BatchKey.TryFind(batch, out var key))
        {
            var entry = new KeyEntry(key, header.BaseOffset, header.Count);
            index.AddKey(entry);
            onKey(entry);
        }
        segment.SizeBytes += header.TotalBytes;
        segment.EndOffsetExcl = header.EndOffsetExcl;
        segment.MaxTimestampMs = Math.Max(segment.MaxTimestampMs, header.MaxTimestampMs);
        return true;
    }
}
