using Leat.Storage;

namespace Leat.Log;

/// <summary>A rewritten file that takes the place of one or more sealed segments that follow each other.</summary>
/// <param name="Old">What is replaced, oldest first.</param>
/// <param name="New">What takes its place: the base offset of the first old one, the next generation.</param>
/// <param name="WrittenPath">The rewritten file, fsynced.</param>
/// <param name="Index">Index of the rewritten file.</param>
/// <param name="RemovedMarkers">Offsets of abort markers that are not there any more.</param>
internal sealed record SegmentReplacement(IReadOnlyList<Segment> Old, Segment New, string WrittenPath, SegmentIndex Index, IReadOnlySet<long> RemovedMarkers)
{
    /// <summary>Makes the rewritten file a segment. From here on an opening takes it and removes the old ones. Its index comes first: it alone knows the idempotency keys of records that are gone.</summary>
    public void Install(DurableFiles files, string folder)
    {
        files.Delete(New.IndexPath);
        Index.Save();
        files.Rename(WrittenPath, New.LogPath);
        files.SyncFolder(folder);
    }

    /// <summary>Removes the old files.</summary>
    public void RemoveOld(DurableFiles files)
    {
        foreach (var segment in Old) segment.Remove(files);
    }
}
