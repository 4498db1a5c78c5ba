using System.Buffers;
using Leat.Storage;

namespace Leat.Log;

/// <summary>Walks over the batches of a segment file through a window of memory. Not thread-safe.</summary>
/// <param name="file">The segment.</param>
/// <param name="endBytes">Bytes beyond are not looked at.</param>
/// <param name="windowBytes">How much is read at once.</param>
internal sealed class SegmentScanner(DurableFile file, long endBytes, int windowBytes) : IDisposable
{
    private byte[] _window = ArrayPool<byte>.Shared.Rent(windowBytes);
    private long _windowStart;
    private int _windowBytes;

    /// <summary>The batch at <paramref name="position"/>, valid until the next call.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public string? CheckBatch(long position, long expectedOffset, out BatchHeader header, out ReadOnlySpan<byte> batch)
    {
        batch = default;
        if (!TryHeader(position, out header)) return "no batch begins here";
        if (header.BaseOffset != expectedOffset) return $"offset {header.BaseOffset} is stored where {expectedOffset} must be";
        batch = Bytes(position, (int)header.TotalBytes);
        var crc = Crc32C.Of(batch[BatchHeader.CrcStart..]);
        return crc == header.Crc ? null : $"checksum {crc:x8} instead of {header.Crc:x8}";
    }

    /// <summary>As the other form, for callers that cannot hold a span.</summary>
    public string? CheckBatch(long position, long expectedOffset, out BatchHeader header, out ReadOnlyMemory<byte> batch)
    {
        batch = default;
        var problem = CheckBatch(position, expectedOffset, out header, out ReadOnlySpan<byte> _);
        if (problem is null) batch = _window.AsMemory((int)(position - _windowStart), (int)header.TotalBytes);
        return problem;
    }

    /// <summary>First position after <paramref name="position"/> where a whole, valid batch at or after <paramref name="minOffset"/> begins; -1 when there is none.</summary>
    public long FindNext(long position, long minOffset)
    {
        for (var at = position + 1; at + BatchHeader.Size <= endBytes; at++)
        {
            var bytes = Bytes(at, BatchHeader.Size);
            if (bytes[16] != 2 || bytes[0] != 0 || bytes[12] != 0) continue;
            var header = BatchHeader.Read(bytes);
            if (!header.IsPlausible || header.BaseOffset < minOffset || header.BaseOffset > minOffset + endBytes) continue;
            if (CheckBatch(at, header.BaseOffset, out _, out ReadOnlySpan<byte> _) is null) return at;
        }
        return -1;
    }

    /// <summary>What to tell about damage at <paramref name="position"/>: what is wrong, and where reading can go on.</summary>
    public (string Problem, long ResumeOffset) Diagnose(long position, long expectedOffset, long endOffsetExcl)
    {
        var problem = CheckBatch(position, expectedOffset, out _, out ReadOnlySpan<byte> _) ?? "it could not be decoded";
        var next = FindNext(position, expectedOffset);
        return (problem, next >= 0 && TryHeader(next, out var header) ? header.BaseOffset : endOffsetExcl);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _window, []));

    /// <summary>The header at <paramref name="position"/>, if it is plausible and its batch fits the file.</summary>
    public bool TryHeader(long position, out BatchHeader header)
    {
        header = default;
        if (endBytes - position < BatchHeader.Size) return false;
        header = BatchHeader.Read(Bytes(position, BatchHeader.Size));
        return header.IsPlausible && header.TotalBytes <= endBytes - position;
    }

    private ReadOnlySpan<byte> Bytes(long position, int count)
    {
        if (position < _windowStart || position + count > _windowStart + _windowBytes)
        {
            if (count > _window.Length)
            {
                ArrayPool<byte>.Shared.Return(_window);
                _window = ArrayPool<byte>.Shared.Rent(count);
            }
            _windowStart = position;
            _windowBytes = file.Read(_window.AsSpan(0, (int)Math.Min(_window.Length, endBytes - position)), position);
            if (_windowBytes < count) throw new EndOfStreamException($"{file.Path} became shorter while it was read");
        }
        return _window.AsSpan((int)(position - _windowStart), count);
    }
}
