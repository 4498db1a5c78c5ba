namespace Leat.Log;

/// <summary>Takes outdated records out of a batch.</summary>
internal sealed unsafe class BatchFilter(CompactionPass pass)
{
    private byte[] _kept = new byte[64 << 10];
    private int _size;
    private int _count;
    private long _maxTimestampMs;

    /// <summary>What is left of the batch: itself, a smaller one, or nothing (empty).</summary>
    /// <exception cref="InvalidDataException">Its records cannot be read.</exception>
    public ReadOnlyMemory<byte> Filter(ReadOnlyMemory<byte> batch)
    {
        var header = BatchHeader.Read(batch.Span);
        if (header.BaseOffset >= pass.EndExcl) return batch;
        if (header.IsControl) return KeepsMarker(header, batch.Span) ? batch : default;
        if (header.Count == 0 || (header.IsTransactional && pass.View.IsAborted(header))) return Emptied(header);
        var kept = header.Compression == Compression.None ? FilterPlain(batch, batch.Span, header) : FilterPacked(batch, header);
        if (kept.IsEmpty) return Emptied(header);
        if (header.IsTransactional) _ = pass.KeptTransactions.Add(header.ProducerId);
        return kept;
    }

    /// <summary>The header alone, where a producer's sequence is still known by it; it belongs to no transaction any more.</summary>
    private ReadOnlyMemory<byte> Emptied(in BatchHeader header)
    {
        if (header.ProducerId < 0 || header.BaseSequence < 0 || !pass.Remembered.Contains(header.BaseOffset)) return default;
        var empty = header with { Length = BatchHeader.Size - BatchHeader.BeforeLength, Attributes = 0, BaseTimestampMs = -1, MaxTimestampMs = -1, Count = 0 };
        empty.Write(_kept);
        BatchHeader.WriteCrc(_kept.AsSpan(0, BatchHeader.Size), default);
        return _kept.AsMemory(0, BatchHeader.Size);
    }

    /// <summary>A commit marker stays as long as records of its transaction do, so that they never look like those of an open one; others stay for a time, so that clients half-way through see them.</summary>
    private bool KeepsMarker(in BatchHeader header, ReadOnlySpan<byte> batch)
    {
        var hasRecords = pass.KeptTransactions.Remove(header.ProducerId);
        if (hasRecords || header.MaxTimestampMs + pass.TombstoneRetentionMs > pass.NowMs) return true;
        if (!ControlBatch.Commits(batch)) _ = pass.RemovedMarkers.Add(header.BaseOffset);
        return false;
    }

    private ReadOnlyMemory<byte> FilterPacked(ReadOnlyMemory<byte> batch, in BatchHeader header)
    {
        if (!Codecs.TryGet(header.Compression, out var codec)) return batch;
        using var plain = new UnpackedBuffer(batch.Length * 2, BatchPacking.MaxUnpackedBytes);
        BatchPacking.Unpack(batch.Span, header, codec, plain);
        var kept = FilterPlain(batch, plain.Filled, header);
        return kept.IsEmpty || kept.Equals(batch) ? kept : BatchPacking.Pack(kept.Span, header.Compression, codec);
    }

    /// <param name="stored">The batch as it is stored; returned when nothing changes.</param>
    /// <param name="plain">The batch with plain records.</param>
    /// <param name="header">Of the stored batch.</param>
    private ReadOnlyMemory<byte> FilterPlain(ReadOnlyMemory<byte> stored, ReadOnlySpan<byte> plain, in BatchHeader header)
    {
        (_size, _count, _maxTimestampMs) = (BatchHeader.Size, 0, -1);
        var hasTombstone = Keep(plain, header, header.BaseTimestampMs);
        if (_count == 0) return default;
        var horizonMs = header.HasDeleteHorizon ? header.BaseTimestampMs : pass.NowMs + pass.TombstoneRetentionMs;
        if (hasTombstone) pass.NextHorizonMs = Math.Min(pass.NextHorizonMs, horizonMs);
        var marksTombstones = hasTombstone && !header.HasDeleteHorizon;
        if (_count == header.Count && !marksTombstones) return stored;
        if (marksTombstones)
        {
            (_size, _count) = (BatchHeader.Size, 0);
            _ = Keep(plain, header, horizonMs);
        }
        var kept = header with
        {
            Length = _size - BatchHeader.BeforeLength,
            Attributes = (short)((header.Attributes & ~BatchHeader.CompressionMask) | (marksTombstones ? BatchHeader.DeleteHorizonBit : 0)),
            BaseTimestampMs = marksTombstones ? horizonMs : header.BaseTimestampMs,
            MaxTimestampMs = header.HasAppendTime ? header.MaxTimestampMs : _maxTimestampMs,
            Count = _count,
        };
        kept.Write(_kept);
        BatchHeader.WriteCrc(_kept.AsSpan(0, _size), default);
        return _kept.AsMemory(0, _size);
    }

    /// <summary>Copies the records that stay, their times relative to <paramref name="baseTimestampMs"/>.</summary>
    /// <returns>Whether a tombstone is among them.</returns>
    private bool Keep(ReadOnlySpan<byte> plain, in BatchHeader header, long baseTimestampMs)
    {
        var hasTombstone = false;
        fixed (byte* start = plain)
        {
            var at = start + BatchHeader.Size;
            var end = start + plain.Length;
            for (var i = 0; i < header.Count; i++)
            {
                if (!RecordFields.TryRead(ref at, end, out var fields)) throw new InvalidDataException($"record {i + 1} of the batch at offset {header.BaseOffset} cannot be read");
                if (!Stays(header, fields)) continue;
                hasTombstone |= fields.ValueLength < 0;
                Copy(fields, header.BaseTimestampMs + fields.TimestampDelta - baseTimestampMs);
                _maxTimestampMs = Math.Max(_maxTimestampMs, header.BaseTimestampMs + fields.TimestampDelta);
                _count++;
            }
        }
        return hasTombstone;
    }

    private bool Stays(in BatchHeader header, in RecordFields fields)
    {
        var offset = header.BaseOffset + fields.OffsetDelta;
        if (offset >= pass.EndExcl || fields.KeyLength < 0) return true;
        if (pass.Keys.IsOutdated(new ReadOnlySpan<byte>(fields.Key, fields.KeyLength), offset)) return false;
        return fields.ValueLength >= 0 || !header.HasDeleteHorizon || header.BaseTimestampMs > pass.NowMs;
    }

    private void Copy(in RecordFields fields, long timestampDelta)
    {
        var key = new ReadOnlySpan<byte>(fields.Key, Math.Max(0, fields.KeyLength));
        var value = new ReadOnlySpan<byte>(fields.Value, Math.Max(0, fields.ValueLength));
        var headers = new ReadOnlySpan<byte>(fields.Headers, fields.HeadersLength);
        var body = 1 + Varint.SizeOf(timestampDelta) + Varint.SizeOf(fields.OffsetDelta) + Varint.SizeOf(fields.KeyLength) + key.Length
            + Varint.SizeOf(fields.ValueLength) + value.Length + Varint.SizeOf(fields.HeaderCount) + headers.Length;
        var needed = _size + body + Varint.MaxBytes;
        if (needed > _kept.Length) Array.Resize(ref _kept, Math.Max(needed, _kept.Length * 2));
        fixed (byte* start = _kept)
        {
            var at = Varint.Write(start + _size, body);
            *at++ = 0;
            at = Varint.Write(Varint.Write(at, timestampDelta), fields.OffsetDelta);
            at = Write(Varint.Write(at, fields.KeyLength), key);
            at = Write(Varint.Write(at, fields.ValueLength), value);
            at = Write(Varint.Write(at, fields.HeaderCount), headers);
            _size = (int)(at - start);
        }
    }

    private static byte* Write(byte* at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(at, bytes.Length));
        return at + bytes.Length;
    }
}
