namespace Leat.Log;

public sealed partial class EmbeddedLog
{
    public IConsumerGroups Groups => throw new NotSupportedException();

    /// <summary>Groups as the Kafka port needs them.</summary>
    internal GroupCoordinator GroupCoordinator => throw new NotSupportedException();

    /// <summary>Transactions as the Kafka port needs them.</summary>
    internal TransactionCoordinator TransactionCoordinator => throw new NotSupportedException();

    public ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct) => throw new NotSupportedException();
}
