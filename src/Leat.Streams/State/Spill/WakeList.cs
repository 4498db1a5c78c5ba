using System.Buffers.Binary;

namespace Leat.Streams.State.Spill;

/// <summary>When keys on disk have to be looked at again: the earliest timer of each, by hash. A key that was brought back in the meantime has its entry still, which does no harm.</summary>
internal sealed class WakeList(SpillFolder folder) : IDisposable
{
    private const int MostFiles = 16;
    private const int BufferBytes = 64 * 1024 / WakeReader.EntryBytes * WakeReader.EntryBytes;
    private readonly List<WakeReader> _files = [];

    /// <summary>Earliest time; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Earliest { get; private set; } = long.MaxValue;

    /// <summary>Bytes on disk.</summary>
    public long Length => _files.Sum(f => f.File.Length);

    /// <summary>Takes entries in any order, and sorts them in place.</summary>
    public void Add(List<(long Time, uint Hash)> wakes)
    {
        if (wakes.Count == 0) return;
        wakes.Sort();
        _files.Add(Write(wakes));
        if (_files.Count > MostFiles) Merge();
        Update();
    }

    /// <summary>Removes the earliest entry and returns its hash.</summary>
    public uint Pop()
    {
        var file = First();
        var hash = file.Head.Hash;
        Skip(file);
        Update();
        return hash;
    }

    public void Dispose()
    {
        foreach (var file in _files) folder.Delete(file.File);
        _files.Clear();
    }

    private WakeReader First()
    {
        var first = _files[0];
        foreach (var file in _files)
            if (file.Head.CompareTo(first.Head) < 0) first = file;
        return first;
    }

    private void Skip(WakeReader file)
    {
        file.Skip();
        if (file.Left > 0) return;
        _files.Remove(file);
        folder.Delete(file.File);
    }

    private void Update() => Earliest = _files.Count == 0 ? long.MaxValue : First().Head.Time;

    private void Merge()
    {
        var merged = Write(Merged());
        _files.Add(merged);
    }

    /// <summary>What all files have left, in order; they are gone when it has been read.</summary>
    private IEnumerable<(long Time, uint Hash)> Merged()
    {
        (long Time, uint Hash)? last = null;
        while (_files.Count > 0)
        {
            var file = First();
            var head = file.Head;
            Skip(file);
            if (head != last) yield return head;
            last = head;
        }
    }

    private WakeReader Write(IEnumerable<(long Time, uint Hash)> wakes)
    {
        var file = folder.Create();
        var buffer = new byte[BufferBytes];
        var (filled, written, count) = (0, 0L, 0L);
        foreach (var (time, hash) in wakes)
        {
            BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(filled), time);
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(filled + 8), hash);
            (filled, count) = (filled + WakeReader.EntryBytes, count + 1);
            if (filled < buffer.Length) continue;
            file.Write(buffer, written);
            (written, filled) = (written + filled, 0);
        }

        file.Write(buffer.AsMemory(0, filled), written);
        return new WakeReader(file, count);
    }
}
