using Leat.Bench.Nexmark;

namespace Leat.Bench.Tests.Nexmark;

/// <summary>70,000 events at 300 a second: slow enough for sessions to end, long enough for bidders (whose ids are 1000 ahead) to be persons too. In memory and in the peer.</summary>
public sealed class NexmarkAnswers : IDisposable
{
    internal NexmarkEvents Events { get; } = NexmarkGenerator.Make(new NexmarkSettings(70_000, 300, 4711, NexmarkSettings.DefaultBaseTime));

    internal NexmarkPeer Peer { get; }

    public NexmarkAnswers() => Peer = NexmarkPeer.Load(Events, CancellationToken.None);

    public void Dispose()
    {
        Peer.Dispose();
        Events.Dispose();
    }
}
