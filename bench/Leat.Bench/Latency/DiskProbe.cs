using System.Diagnostics;
using Leat.Storage;

namespace Leat.Bench.Latency;

/// <summary>What the disk does meanwhile: ten times a second 4 KB are written beside the log and made durable. One thread.</summary>
internal sealed class DiskProbe(string folder)
{
    private const int Bytes = 4096;
    private const int EveryMs = 100;
    private readonly List<double> _ms = [];

    /// <summary>Until it is stopped.</summary>
    public void Run(CancellationToken ct)
    {
        using var file = new DurableFiles().Create(Path.Combine(folder, "disk-probe"));
        var block = new byte[Bytes];
        for (long at = 0; !ct.WaitHandle.WaitOne(EveryMs); at += Bytes)
        {
            var start = Stopwatch.GetTimestamp();
            file.Write(block, at);
            file.Sync();
            _ms.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        _ms.Sort();
    }

    /// <summary>Milliseconds that this share of the writes did not exceed, after the end.</summary>
    public double Quantile(double share) => _ms.Count == 0 ? 0 : _ms[(int)Math.Min(_ms.Count - 1, _ms.Count * share)];
}
