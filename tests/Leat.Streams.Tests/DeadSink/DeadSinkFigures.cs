namespace Leat.Streams.Tests;

/// <summary>What a run with a table that hangs showed. Rates in events a second, memory (RssAnon) in MB.</summary>
/// <param name="RateBefore">Before the table hung.</param>
/// <param name="RateAfter">Once the job had caught up.</param>
/// <param name="CatchingRate">While it caught up.</param>
/// <param name="CatchingSeconds">How long that took.</param>
/// <param name="Waiting">Events in the log that were not read when the table came back.</param>
/// <param name="MemoryBefore">Just before it hung.</param>
/// <param name="Memory">Twice a second while it hung.</param>
/// <param name="HeldShare">As the job's description said then.</param>
/// <param name="Diagnosis">As the job's description said then.</param>
/// <param name="Sent">Events appended.</param>
/// <param name="Counted">Sum over the table.</param>
/// <param name="Late">Events that were late.</param>
internal sealed record DeadSinkFigures(
    double RateBefore, double RateAfter, double CatchingRate, double CatchingSeconds, long Waiting, double MemoryBefore, double[] Memory, double HeldShare, string Diagnosis, long Sent, long Counted, long Late);
