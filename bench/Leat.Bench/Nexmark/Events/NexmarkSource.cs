using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The events in order of arrival as a source of one partition; rows are references.</summary>
internal sealed class NexmarkSource(NexmarkEvents events) : IStreamSource<NexmarkEvent>
{
    public string Name => "nexmark";

    public int Partitions => 1;

    public Task<long> EndOffsetAsync(int partition, CancellationToken ct) => Task.FromResult((long)events.Count);

    public IStreamReader<NexmarkEvent> OpenReader(int partition, long offset) => new NexmarkReader(events, offset);
}
