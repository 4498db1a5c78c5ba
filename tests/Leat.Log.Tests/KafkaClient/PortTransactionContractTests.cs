using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>The suite, through librdkafka and the Kafka port. Needs librdkafka1 (run-tests installs it).</summary>
public sealed class PortTransactionContractTests : TransactionContract, IAsyncLifetime
{
    private PortLog _port = null!;

    protected override IEventLog Log => _port.Log;

    /// <summary>Confluent.Kafka 1.9 has no way to give it.</summary>
    protected override bool KeepsMetadata => false;

    public Task InitializeAsync()
    {
        _port = PortLog.Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _port.DisposeAsync();
}
