using System.Buffers.Binary;
using System.Globalization;
using Leat.Storage;
using Leat.Streams.Kernels;

namespace Leat.Streams.Checkpoints;

/// <summary>State as a file of frames, each loaded on top of those before it: together the first ones are whole, later ones have what changed.</summary>
internal sealed class StateJournal : IDisposable
{
    public const string Extension = ".journal";

    /// <summary>Of a file that is not whole yet.</summary>
    public const string UnfinishedExtension = ".unfinished";

    private readonly DurableFiles _files;
    private readonly DurableFile _file;
    private string _path;
    private bool _isNew;

    private StateJournal(DurableFiles files, DurableFile file, long length)
    {
        _files = files;
        _file = file;
        _path = file.Path;
        Length = length;
    }

    public string Name => Path.GetFileName(_path);

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>A new file that is not in use before it is <see cref="Finish"/>ed.</summary>
    public static StateJournal Begin(DurableFiles files, string folder, long epoch)
    {
        files.CreateFolder(folder);
        var path = PathOf(folder, epoch) + UnfinishedExtension;
        if (File.Exists(path)) files.Delete(path);
        return new StateJournal(files, files.Create(path), 0) { _isNew = true };
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

    /// <summary>Adds a frame; durable after <see cref="Sync"/>.</summary>
    public void Append(ReadOnlyMemory<byte> frame)
    {
        _file.Write(frame, Length);
        Length += frame.Length;
    }

    /// <summary>Makes the frames durable.</summary>
    public void Sync()
    {
        _file.Sync();
        if (_isNew) _files.SyncFolder(Path.GetDirectoryName(_path)!);
        _isNew = false;
    }

    /// <summary>The file is whole with the frames up to this epoch, by which it is named from now on.</summary>
    public void Finish(long epoch)
    {
        var path = PathOf(Path.GetDirectoryName(_path)!, epoch);
        _files.Rename(_path, path);
        (_path, _isNew) = (path, true);
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(string folder, long epoch) => Path.Combine(folder, epoch.ToString("D12", CultureInfo.InvariantCulture) + Extension);

    private int ReadFrame(long at, long length, Action<ReadOnlyMemory<byte>> load)
    {
        var header = new byte[StateFrame.HeaderBytes];
        if (_file.Read(header, at) < header.Length) throw StreamErrors.DamagedState(_path, $"no frame at byte {at}");
        var size = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (size < 0 || at + header.Length + size > length) throw StreamErrors.DamagedState(_path, $"the frame at byte {at} has length {size}");
        var payload = new byte[size];
        if (_file.Read(payload, at + header.Length) < size || Checksum.Of(payload) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)))
            throw StreamErrors.DamagedState(_path, $"the frame at byte {at} is damaged (checksum)");
        load(payload);
        return header.Length + size;
    }
}
