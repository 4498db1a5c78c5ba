using System.Diagnostics.Metrics;
using Leat.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace Leat.Log.Tests;

/// <summary>An embedded log with its Kafka port open on a free port of the loopback address.</summary>
internal sealed class PortFixture : IAsyncDisposable
{
    private readonly TemporaryFolder? _own;
    private readonly Meter _meter = new("test");

    private PortFixture(TemporaryFolder? own, EmbeddedLog log, KafkaPortOptions options, SaslUsers? users)
    {
        (_own, Log) = (own, log);
        Port = KafkaPort.Open(new KafkaPortParts(log, log, log.GroupCoordinator, log.TransactionCoordinator)
        {
            Options = options,
            Users = users,
            Metrics = new LogMetrics(_meter),
            Logger = NullLogger.Instance,
        });
    }

    public EmbeddedLog Log { get; }

    public KafkaPort Port { get; }

    public string Bootstrap => Port.EndPoint.ToString();

    /// <param name="folder">Folder of the log; null = a temporary one.</param>
    /// <param name="options">Settings of the port; null = defaults.</param>
    /// <param name="users">Who may log in; null = everybody.</param>
    public static PortFixture Open(string? folder = null, KafkaPortOptions? options = null, SaslUsers? users = null)
    {
        var own = folder is null ? new TemporaryFolder() : null;
        var settings = new EmbeddedLogOptions();
        settings.Groups.InitialRebalanceDelay = TimeSpan.Zero;
        var log = EmbeddedLog.Open(folder ?? own!.Path, new EmbeddedLogParts { Options = settings });
        return new PortFixture(own, log, options ?? new KafkaPortOptions { KafkaPort = 0 }, users);
    }

    public async ValueTask DisposeAsync()
    {
        await Port.DisposeAsync();
        await Log.DisposeAsync();
        _meter.Dispose();
        _own?.Dispose();
    }
}
