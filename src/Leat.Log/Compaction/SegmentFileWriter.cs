using Leat.Storage;

namespace Leat.Log;

/// <summary>Writes batches into a new segment file under a temporary name. Offsets without records become empty batches, so that offsets have no gaps.</summary>
internal sealed class SegmentFileWriter : IDisposable
{
    private const int BufferBytes = 1 << 20;
    private readonly PartitionContext _context;
    private readonly DurableFile _file;
    private readonly MemoryStream _buffer = new();
    private long _written;

    public SegmentFileWriter(PartitionContext context, Segment target)
    {
        _context = context;
        Target = target;
        Index = new SegmentIndex(context.Files, target, context.Options.IndexIntervalBytes);
        Path = System.IO.Path.Combine(context.Folder, DurableFiles.TemporaryPrefix + Guid.NewGuid().ToString("N"));
        _file = context.Files.Create(Path);
    }

    public string Path { get; }

    /// <summary>The segment that the file will be; grows as batches are written.</summary>
    public Segment Target { get; }

    public SegmentIndex Index { get; }

    /// <summary>Adds a batch; offsets between the last one and it get an empty batch.</summary>
    public void Add(ReadOnlySpan<byte> batch)
    {
        var header = BatchHeader.Read(batch);
        FillTo(header.BaseOffset);
        Append(batch, header);
    }

    /// <summary>Empty batches up to <paramref name="offset"/>.</summary>
    public void FillTo(long offset)
    {
        Span<byte> bytes = stackalloc byte[BatchHeader.Size];
        while (Target.EndOffsetExcl < offset)
        {
            var last = (int)Math.Min(int.MaxValue, offset - Target.EndOffsetExcl) - 1;
            var empty = new BatchHeader(Target.EndOffsetExcl, BatchHeader.Size - BatchHeader.BeforeLength, 0, 2, 0, 0, last) { BaseTimestampMs = -1, MaxTimestampMs = -1 };
            empty.Write(bytes);
            BatchHeader.WriteCrc(bytes, default);
            Append(bytes, empty);
        }
    }

    /// <summary>Adds bytes that are no batches, so that they are found damaged again.</summary>
    public void AddDamaged(ReadOnlySpan<byte> bytes, long resumeOffset)
    {
        _buffer.Write(bytes);
        Target.SizeBytes += bytes.Length;
        Target.EndOffsetExcl = resumeOffset;
    }

    /// <summary>Makes the file durable.</summary>
    public void Finish()
    {
        Flush();
        _file.Sync();
    }

    /// <summary>Closes the file; one that did not become a segment is removed.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _context.Files.Delete(Path);
        _buffer.Dispose();
    }

    private void Append(ReadOnlySpan<byte> batch, in BatchHeader header)
    {
        Index.Add(header, Target.SizeBytes, Target.MaxTimestampMs);
        _buffer.Write(batch);
        Target.SizeBytes += batch.Length;
        Target.EndOffsetExcl = header.EndOffsetExcl;
        Target.MaxTimestampMs = Math.Max(Target.MaxTimestampMs, header.MaxTimestampMs);
        if (_buffer.Length >= BufferBytes) Flush();
    }

    private void Flush()
    {
        _file.Write(_buffer.GetBuffer().AsMemory(0, (int)_buffer.Length), _written);
        _written += _buffer.Length;
        _buffer.SetLength(0);
    }
}
