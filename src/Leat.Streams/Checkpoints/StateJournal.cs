using System.Buffers.Binary;
using System.Globalization;
using Leat.Storage;
using Leat.Streams.Kernels;

namespace Leat.Streams.Checkpoints;

/// <summary>State as a file of frames: the first is whole, each later one has what changed in its epoch. Replaced by a fresh one when it has grown to a multiple of its first frame. Frame: length, CRC-32C, payload.</summary>
internal sealed class StateJournal : IDisposable
{
    public const string Extension = ".journal";
    private const int HeaderBytes = 8;
    private const long SmallBytes = 16 << 20;
    private readonly DurableFiles _files;
    private readonly DurableFile _file;
    private long _firstBytes;

    private StateJournal(DurableFiles files, DurableFile file, long length)
    {
        _files = files;
        _file = file;
        Length = length;
    }

    public string Name => Path.GetFileName(_file.Path);

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Mostly outdated: time to begin a new one with whole state.</summary>
    public bool IsOvergrown => Length > SmallBytes && Length > 4 * _firstBytes;

    public static StateJournal Create(DurableFiles files, string folder, long epoch)
    {
        files.CreateFolder(folder);
        var path = Path.Combine(folder, epoch.ToString("D12", CultureInfo.InvariantCulture) + Extension);
        if (File.Exists(path)) files.Delete(path);
        return new StateJournal(files, files.Create(path), 0);
    }

    /// <summary>Opens the file, gives its frames up to <paramref name="length"/> to <paramref name="load"/>, and cuts off what a crash left behind them.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2130 missing, too short or damaged.</exception>
    public static StateJournal Open(DurableFiles files, string path, long length, Action<ReadOnlyMemory<byte>> load)
    {
        if (!File.Exists(path)) throw StreamErrors.DamagedState(path, "the state file of the last checkpoint is missing");
        var file = files.OpenOrCreate(path);
        try
        {
            if (file.Length < length) throw StreamErrors.DamagedState(path, $"the state file has {file.Length} bytes, the last checkpoint needs {length}");
            var journal = new StateJournal(files, file, length);
            for (long at = 0; at < length;) at += journal.ReadFrame(at, length, load);
            if (file.Length > length) file.Truncate(length);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a frame and makes it durable.</summary>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> payload)
    {
        var bytes = new byte[HeaderBytes + payload.Sum(p => p.Length)];
        var at = HeaderBytes;
        foreach (var part in payload)
        {
            part.CopyTo(bytes.AsMemory(at));
            at += part.Length;
        }

        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Checksum.Of(bytes.AsSpan(HeaderBytes)));
        _file.Write(bytes, Length);
        _file.Sync();
        if (Length == 0) _files.SyncFolder(Path.GetDirectoryName(_file.Path)!);
        if (Length == 0) _firstBytes = bytes.Length;
        Length += bytes.Length;
    }

    public void Dispose() => _file.Dispose();

    private int ReadFrame(long at, long length, Action<ReadOnlyMemory<byte>> load)
    {
        var header = new byte[HeaderBytes];
        if (_file.Read(header, at) < HeaderBytes) throw StreamErrors.DamagedState(_file.Path, $"no frame at byte {at}");
        var size = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (size < 0 || at + HeaderBytes + size > length) throw StreamErrors.DamagedState(_file.Path, $"the frame at byte {at} has length {size}");
        var payload = new byte[size];
        if (_file.Read(payload, at + HeaderBytes) < size || Checksum.Of(payload) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)))
            throw StreamErrors.DamagedState(_file.Path, $"the frame at byte {at} is damaged (checksum)");
        if (at == 0) _firstBytes = size;
        load(payload);
        return HeaderBytes + size;
    }
}
