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

    /// <summary>The record of an epoch when it is whole, or null.</summary>
    public CheckpointRecord? Load(long epoch) => File.Exists(PathOf(epoch)) ? TryRead(PathOf(epoch)) : null;

    /// <summary>Newest epoch that has a record, whole or not; 0 = none.</summary>
    public long Newest => Epochs().DefaultIfEmpty(0).Max();

    /// <summary>Removes all but the newest <paramref name="keep"/> records and those made after <paramref name="keepAfter"/>, and journals that no kept record needs: a journal is named by the first epoch in it.</summary>
    public void Prune(int keep, DateTime keepAfter)
    {
        var epochs = Epochs().Order().ToList();
        var old = epochs.Take(Math.Max(0, epochs.Count - keep)).TakeWhile(e => TryRead(PathOf(e)) is not { } record || record.TakenAt <= keepAfter).ToList();
        if (old.Count == 0) return;
        foreach (var epoch in old) files.Delete(PathOf(epoch));
        var needed = EpochsOf(Journals()).Where(e => e <= epochs[old.Count]).DefaultIfEmpty(0).Max();
        foreach (var journal in Journals().Where(j => EpochsOf([j]).Any(e => e < needed)).ToList()) files.Delete(journal);
    }

    /// <summary>Removes all records, the newest last, then all journals: until the newest is gone the job would go on from it.</summary>
    /// <returns>Newest epoch; 0 = there was none.</returns>
    public long Clear()
    {
        var epochs = Epochs().Order().ToList();
        foreach (var epoch in epochs)
        {
            files.Delete(PathOf(epoch));
            files.SyncFolder(folder);
        }

        foreach (var journal in Journals().ToList()) files.Delete(journal);
        DropUnfinished();
        if (Directory.Exists(folder))
            foreach (var rows in Directory.EnumerateFiles(folder, "*" + RowFile.Extension).ToList()) files.Delete(rows);
        return epochs.LastOrDefault();
    }

    /// <summary>Removes state files that were never whole.</summary>
    public void DropUnfinished()
    {
        if (!Directory.Exists(folder)) return;
        foreach (var journal in Directory.EnumerateFiles(folder, "*" + StateJournal.UnfinishedExtension).ToList()) files.Delete(journal);
    }

    private IEnumerable<string> Journals() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + StateJournal.Extension) : [];

    private IEnumerable<long> Epochs() => EpochsOf(Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Extension) : []);

    private static IEnumerable<long> EpochsOf(IEnumerable<string> paths)
    {
        foreach (var path in paths)
            if (long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)) yield return epoch;
    }

    private string PathOf(long epoch) => Path.Combine(folder, epoch.ToString("D12", CultureInfo.InvariantCulture) + Extension);

    private static CheckpointRecord? TryRead(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Checksum.Of(bytes.AsSpan(4))) return null;
        return JsonSerializer.Deserialize<CheckpointRecord>(bytes.AsSpan(4));
    }
}
