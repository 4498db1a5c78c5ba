using System.Buffers;
using System.Buffers.Binary;
using Leat.Storage;

namespace Leat.Streams.State.Spill;

/// <summary>Reads entries of a run one after the other.</summary>
/// <param name="file">Of the run.</param>
/// <param name="start">Of the first entry, in bytes.</param>
/// <param name="end">Of the last one.</param>
/// <param name="blockBytes">Read at once.</param>
internal sealed class SpillReader(DurableFile file, long start, long end, int blockBytes) : IDisposable
{
    /// <summary>To look for a few entries.</summary>
    public const int ShortBlock = 4096 + 512;

    /// <summary>To read them all.</summary>
    public const int LongBlock = 256 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(blockBytes);
    private int _at;
    private int _filled;
    private long _next = start;

    /// <summary>False: there is none left.</summary>
    public bool TryRead(out SpillEntry entry)
    {
        entry = default;
        if (!TryHave(SpillRun.HeaderBytes)) return false;
        var hash = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_at));
        var size = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_at + 4));
        var length = (int)(size >> 1);
        if (!TryHave(SpillRun.HeaderBytes + length)) throw new InvalidDataException($"{file.Path}: an entry of {length} bytes does not end in the file");
        entry = new SpillEntry(hash, (size & 1) != 0, _buffer.AsMemory(_at + SpillRun.HeaderBytes, length));
        _at += SpillRun.HeaderBytes + length;
        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool TryHave(int bytes)
    {
        if (_filled - _at >= bytes) return true;
        var left = _filled - _at;
        if (left + (end - _next) < bytes) return false;
        var target = _buffer.Length >= bytes ? _buffer : ArrayPool<byte>.Shared.Rent(Math.Max(bytes, blockBytes));
        _buffer.AsSpan(_at, left).CopyTo(target);
        if (target != _buffer) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = target;
        var room = (int)Math.Min(_buffer.Length - left, Math.Min(end - _next, Math.Max(blockBytes, bytes) - left));
        var read = file.Read(_buffer.AsSpan(left, room), _next);
        _next += read;
        (_at, _filled) = (0, left + read);
        return _filled >= bytes;
    }
}
