using Leat.Storage;

namespace Leat.Streams.State.Spill;

/// <summary>Writes a run; entries come by rising hash.</summary>
/// <param name="file">A new file.</param>
/// <param name="count">Entries at most.</param>
internal sealed class SpillWriter(DurableFile file, long count)
{
    private const int BlockBytes = 4096;
    private const int BufferBytes = 256 * 1024;
    private readonly HashFilter _filter = new(count);
    private readonly List<uint> _firstHashes = [];
    private readonly List<long> _starts = [];
    private byte[] _buffer = new byte[BufferBytes];
    private int _filled;
    private long _written;
    private long _count;
    private long _blockStart = -BlockBytes;

    private long End => _written + _filled;

    public void Add(SpillEntry entry)
    {
        var size = SpillRun.HeaderBytes + entry.Bytes.Length;
        if (_filled + size > _buffer.Length) Flush();
        if (size > _buffer.Length) _buffer = new byte[size];
        if (End - _blockStart >= BlockBytes)
        {
            _blockStart = End;
            _firstHashes.Add(entry.Hash);
            _starts.Add(End);
        }

        _filter.Add(entry.Hash);
        _filled += SpillRun.WriteHeader(_buffer.AsSpan(_filled), entry);
        entry.Bytes.Span.CopyTo(_buffer.AsSpan(_filled));
        _filled += entry.Bytes.Length;
        _count++;
    }

    public SpillRun Finish()
    {
        Flush();
        return new SpillRun(file, _filter, _firstHashes, _starts, (_written, _count));
    }

    private void Flush()
    {
        file.Write(_buffer.AsMemory(0, _filled), _written);
        _written += _filled;
        _filled = 0;
    }
}
