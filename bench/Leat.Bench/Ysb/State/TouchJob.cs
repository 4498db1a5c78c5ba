using Leat.Streams;

namespace Leat.Bench.Ysb.State;

internal sealed class TouchJob(TouchLoad load, TouchLatency latency) : StreamJob
{
    protected override void Define(JobBuilder job) => job
        .From(new TouchSource(load), t => DateTime.UnixEpoch.AddMilliseconds(t.Milliseconds), TimeSpan.Zero)
        .KeyBy(t => t.Key)
        .Process(() => new TouchProcess(latency))
        .ForEach(_ => { });
}
