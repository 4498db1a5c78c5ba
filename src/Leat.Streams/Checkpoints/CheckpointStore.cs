using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Leat.Storage;
using Leat.Streams.Kernels;

namespace Leat.Streams.Checkpoints;

/// <summary>The checkpoint records of one job: files named by epoch, written at once or not at all, each with its checksum.</summary>
internal sealed class CheckpointStore(string folder, DurableFiles files)
{
    private const string Extension = ".checkpoint";

    public string Folder => folder;

    public void Write(CheckpointRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record);
        var bytes = new byte[json.Length + 4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Checksum.Of(json));
        json.CopyTo(bytes.AsSpan(4));
        files.Replace(PathOf(record.Epoch), bytes);
    }

    /// <summary>The newest record that is whole, or null. <paramref name="damaged"/> names newer ones that are not.</summary>
    public CheckpointRecord? LoadNewest(out List<string> damaged)
    {
        damaged = [];
        foreach (var epoch in Epochs().OrderDescending())
        {
            if (TryRead(PathOf(epoch)) is { } record) return record;
            damaged.Add(PathOf(epoch));
        }

        return null;
    }

    /// <summary>Removes all but the newest <paramref name="keep"/> records, and journals that no kept record needs.</summary>
    public void Prune(int keep)
    {
        var epochs = Epochs().OrderDescending().ToList();
        if (epochs.Count <= keep) return;
        foreach (var epoch in epochs.Skip(keep)) files.Delete(PathOf(epoch));
        var needed = epochs.Take(keep).Select(e => TryRead(PathOf(e))?.Journal).ToHashSet(StringComparer.Ordinal);
        foreach (var journal in Directory.EnumerateFiles(folder, "*" + StateJournal.Extension))
            if (!needed.Contains(Path.GetFileName(journal))) files.Delete(journal);
    }

    private IEnumerable<long> Epochs()
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Extension))
            if (long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)) yield return epoch;
    }

    private string PathOf(long epoch) => Path.Combine(folder, epoch.ToString("D12", CultureInfo.InvariantCulture) + Extension);

    private static CheckpointRecord? TryRead(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Checksum.Of(bytes.AsSpan(4))) return null;
        return JsonSerializer.Deserialize<CheckpointRecord>(bytes.AsSpan(4));
    }
}
