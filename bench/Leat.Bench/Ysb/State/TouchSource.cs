using Leat.Streams;

namespace Leat.Bench.Ysb.State;

/// <summary>The load in two partitions, row by row in turn.</summary>
internal sealed class TouchSource(TouchLoad load) : IStreamSource<Touch>
{
    public string Name => "touches";

    public int Partitions => 2;

    public Task<long> EndOffsetAsync(int partition, CancellationToken ct) => Task.FromResult(load.Rows / 2);

    public IStreamReader<Touch> OpenReader(int partition, long offset) => new TouchReader(load, partition, offset);
}
