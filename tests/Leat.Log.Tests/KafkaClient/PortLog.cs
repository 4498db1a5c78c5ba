namespace Leat.Log.Tests;

/// <summary>The embedded log through its own port: a Kafka client (librdkafka) that talks to it over TCP.</summary>
internal sealed class PortLog : IAsyncDisposable
{
    private readonly PortFixture _fixture = PortFixture.Open();

    private PortLog() => Log = KafkaLog.Open(new KafkaLogParts(new KafkaLogOptions { Bootstrap = _fixture.Bootstrap }));

    public KafkaLog Log { get; }

    public static PortLog Open() => new();

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await _fixture.DisposeAsync();
    }
}
