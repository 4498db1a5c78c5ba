using Leat.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Leat.Log;

/// <summary>Opens the Kafka port with the host when <c>log.kafka_port</c> is set.</summary>
internal sealed class KafkaPortService(IServiceProvider services, IOptions<KafkaPortOptions> options) : IHostedService, IAsyncDisposable
{
    private KafkaPort? _port;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.KafkaPort is null) return Task.CompletedTask;
        var log = services.GetRequiredService<EmbeddedLog>();
        _port = KafkaPort.Open(new KafkaPortParts(log, log, log.GroupCoordinator, log.TransactionCoordinator)
        {
            Options = options.Value,
            Users = options.Value.KafkaUsers.Count == 0 ? null : SaslUsers.From(options.Value, services.GetRequiredService<ISecrets>()),
            Time = services.GetRequiredService<TimeProvider>(),
            Metrics = services.GetRequiredService<LogMetrics>(),
            Logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<KafkaPort>(),
        });
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync().ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _port, null) is { } port) await port.DisposeAsync().ConfigureAwait(false);
    }
}
