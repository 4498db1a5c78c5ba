namespace Leat.Bench.Ysb;

/// <summary>One run of the peer; seconds of the clock and of the process's CPU, measured as for Leat's own runs.</summary>
internal sealed record YsbPeerRun(double Seconds, double CpuSeconds, SortedDictionary<(string Campaign, long Window), long> Answer);
