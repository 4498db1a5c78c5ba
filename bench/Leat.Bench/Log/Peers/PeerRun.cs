namespace Leat.Bench.Log;

/// <summary>What a peer did in one run.</summary>
/// <param name="AppendPerSecond">Records a second, stored.</param>
/// <param name="ReadPerSecond">Records a second, read back.</param>
/// <param name="Faults">Records missing, twice, out of order or not what was written.</param>
internal sealed record PeerRun(double AppendPerSecond, double ReadPerSecond, long Faults);
