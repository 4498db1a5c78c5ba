using Leat.Streams;

namespace Leat.Bench.Ysb.State;

internal sealed class TouchProcess : KeyedProcess<(long High, long Low), Touch, Touch>
{
    private readonly ValueState<Sums> _sums;
    private readonly TouchLatency _latency;

    public TouchProcess(TouchLatency latency)
    {
        _latency = latency;
        _sums = Value<Sums>("sums");
    }

    protected override void Process(Touch row)
    {
        var sums = _sums.Value;
        _sums.Value = new Sums(sums.Count + 1, sums.Count == 0 ? row.Milliseconds : sums.First, row.Milliseconds, sums.Sum + row.Key.Low);
        _latency.Add(row.Due);
    }
}
