namespace Leat.Log;

public sealed partial class EmbeddedLog
{
    public IConsumerGroups Groups => throw new NotSupportedException();

    public ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct) => throw new NotSupportedException();
}
