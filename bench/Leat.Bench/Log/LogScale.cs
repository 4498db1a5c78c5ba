namespace Leat.Bench.Log;

/// <summary>How much is done in a run.</summary>
/// <param name="Runs">Counted runs; one more before them warms up.</param>
/// <param name="Records">Records appended and read in the process.</param>
/// <param name="PeerRecords">Records that each peer takes and gives back.</param>
/// <param name="Events">Events sent to the collector as fast as it takes them.</param>
/// <param name="PacedSeconds">How long events are sent at a fixed rate.</param>
/// <param name="SegmentBytes">Size of each of the segments that are opened.</param>
internal sealed record LogScale(int Runs, long Records, long PeerRecords, long Events, int PacedSeconds, int SegmentBytes)
{
    public static LogScale Quick { get; } = new(3, 1_000_000, 160_000, 200_000, 2, 64 << 10);

    public static LogScale Full { get; } = new(5, 6_000_000, 800_000, 1_600_000, 10, 1 << 20);
}
