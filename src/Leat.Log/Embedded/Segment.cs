using System.Globalization;
using Leat.Storage;

namespace Leat.Log;

/// <summary>One file of a partition. Changed only by the writer while it is the last; after that fixed.</summary>
/// <param name="folder">Folder of the partition.</param>
/// <param name="baseOffset">Offset of the first record, also the file's name.</param>
/// <param name="generation">How often it was rewritten: a rewritten segment is a new file beside the old one, so that readers of the old one are not disturbed. The highest counts.</param>
internal sealed class Segment(string folder, long baseOffset, int generation = 0)
{
    public const string Extension = ".log";
    private int _leases;

    public long BaseOffset { get; } = baseOffset;

    public int Generation { get; } = generation;

    public string LogPath { get; } = Path.Combine(folder, NameOf(baseOffset, generation) + Extension);

    public string IndexPath { get; } = Path.Combine(folder, NameOf(baseOffset, generation) + ".index");

    /// <summary>Bytes of whole batches.</summary>
    public long SizeBytes { get; set; }

    /// <summary>Offset after the last record.</summary>
    public long EndOffsetExcl { get; set; } = baseOffset;

    /// <summary>Newest record time; -1 when empty.</summary>
    public long MaxTimestampMs { get; set; } = -1;

    /// <summary>When its first record came; of an empty one, when it was made. Epoch milliseconds.</summary>
    public long BegunMs { get; set; }

    /// <summary>Blocks that readers hold of it; retention waits for them.</summary>
    public int Leases => Volatile.Read(ref _leases);

    public void Lease() => Interlocked.Increment(ref _leases);

    public void Release() => Interlocked.Decrement(ref _leases);

    /// <summary>Removes the files; open readers keep theirs until they close it.</summary>
    public void Remove(DurableFiles files)
    {
        files.Delete(IndexPath);
        files.Delete(LogPath);
    }

    /// <summary>The segments whose files are in the folder, by base offset, then generation.</summary>
    public static List<Segment> List(string folder)
    {
        var found = new List<Segment>();
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Extension))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var dash = name.IndexOf('-');
            var digits = dash < 0 ? name : name[..dash];
            if (digits.Length != 20 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) continue;
            var generation = 0;
            if (dash >= 0 && !int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out generation)) continue;
            found.Add(new Segment(folder, offset, generation) { BegunMs = new DateTimeOffset(File.GetCreationTimeUtc(path)).ToUnixTimeMilliseconds() });
        }
        return [.. found.OrderBy(s => s.BaseOffset).ThenBy(s => s.Generation)];
    }

    private static string NameOf(long baseOffset, int generation) =>
        generation == 0 ? baseOffset.ToString("D20", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{baseOffset:D20}-{generation}");
}
