using System.Buffers.Binary;
using Leat.Storage;

namespace Leat.Streams.State.Spill;

/// <summary>Reads a file of times with hashes, earliest first.</summary>
/// <param name="file">Entries of 12 bytes.</param>
/// <param name="count">Entries.</param>
internal sealed class WakeReader(DurableFile file, long count)
{
    public const int EntryBytes = 12;
    private const int Ahead = 256;
    private readonly byte[] _buffer = new byte[Ahead * EntryBytes];
    private long _at;
    private int _inBuffer;
    private int _filled;

    public DurableFile File => file;

    /// <summary>Entries left.</summary>
    public long Left => count - _at;

    /// <summary>The next entry; only while some are left.</summary>
    public (long Time, uint Hash) Head
    {
        get
        {
            if (_inBuffer == _filled) Fill();
            var entry = _buffer.AsSpan(_inBuffer * EntryBytes);
            return (BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]));
        }
    }

    public void Skip() => (_at, _inBuffer) = (_at + 1, _inBuffer + 1);

    private void Fill()
    {
        _filled = (int)Math.Min(Ahead, count - _at);
        _inBuffer = 0;
        if (file.Read(_buffer.AsSpan(0, _filled * EntryBytes), _at * EntryBytes) < _filled * EntryBytes) throw new InvalidDataException($"{file.Path} ends early");
    }
}
