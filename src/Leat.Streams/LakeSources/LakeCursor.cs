namespace Leat.Streams.LakeSources;

/// <summary>Where a partition of a lake source goes on.</summary>
/// <param name="Version">Version that is not wholly read.</param>
/// <param name="IsStart">All rows of the version are read, not its changes.</param>
/// <param name="File">Place of the file in the version's order.</param>
/// <param name="Row">Next row number of the file.</param>
/// <param name="Partitions">Partitions that the files are spread over.</param>
internal sealed record LakeCursor(long Version, bool IsStart, int File, long Row, int Partitions)
{
    public LakeCursor NextVersion() => new(Version + 1, false, 0, 0, Partitions);
}
