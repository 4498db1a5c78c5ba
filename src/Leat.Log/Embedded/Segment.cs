using System.Globalization;

namespace Leat.Log;

/// <summary>One file of a partition. Changed only by the writer while it is the last; after that fixed.</summary>
internal sealed class Segment(string folder, long baseOffset)
{
    public const string Extension = ".log";

    /// <summary>Offset of the first record, also the file's name.</summary>
    public long BaseOffset { get; } = baseOffset;

    public string LogPath { get; } = Path.Combine(folder, baseOffset.ToString("D20", CultureInfo.InvariantCulture) + Extension);

    public string IndexPath { get; } = Path.Combine(folder, baseOffset.ToString("D20", CultureInfo.InvariantCulture) + ".index");

    /// <summary>Bytes of whole batches.</summary>
    public long SizeBytes { get; set; }

    /// <summary>Offset after the last record.</summary>
    public long EndOffsetExcl { get; set; } = baseOffset;

    /// <summary>Newest record time; -1 when empty.</summary>
    public long MaxTimestampMs { get; set; } = -1;
}
