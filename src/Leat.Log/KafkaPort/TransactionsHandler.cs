namespace Leat.Log;

/// <summary>Transactions: brings requests to the coordinator and its answers back.</summary>
internal sealed class TransactionsHandler(KafkaPortParts parts)
{
    public async ValueTask<KafkaWriter?> InitAsync(KafkaRequest request)
    {
        var body = request.Read(InitProducerIdApi.Read);
        var answer = await parts.Transactions.InitProducerIdAsync(
            new InitProducerId(body.TransactionalId, TimeSpan.FromMilliseconds(body.TimeoutMs), body.ProducerId, body.ProducerEpoch), request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        InitProducerIdApi.Write(writer, Known(answer.Error, request, 4), answer.ProducerId, answer.ProducerEpoch);
        return writer;
    }

    public async ValueTask<KafkaWriter?> AddPartitionsAsync(KafkaRequest request)
    {
        var body = request.Read(AddPartitionsToTxnApi.Read);
        var partitions = body.Topics.SelectMany(t => t.Items.Select(i => new TopicPartition(t.Topic, i))).ToList();
        var answer = await parts.Transactions.AddPartitionsAsync(
            new AddPartitionsToTransaction(body.TransactionalId, body.ProducerId, body.ProducerEpoch, partitions) { Connection = request.Client.Connection }, request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        AddPartitionsToTxnApi.Write(writer, Regroup.Errors(body.Topics, Known(answer.Partitions, request, 2)));
        return writer;
    }

    public async ValueTask<KafkaWriter?> AddOffsetsAsync(KafkaRequest request)
    {
        var body = request.Read(AddOffsetsToTxnApi.Read);
        var answer = await parts.Transactions.AddOffsetsAsync(
            new AddOffsetsToTransaction(body.TransactionalId, body.ProducerId, body.ProducerEpoch, body.Group) { Connection = request.Client.Connection }, request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        AddOffsetsToTxnApi.Write(writer, Known(answer.Error, request, 2));
        return writer;
    }

    public async ValueTask<KafkaWriter?> CommitOffsetsAsync(KafkaRequest request)
    {
        var body = request.Read(TxnOffsetCommitApi.Read);
        var answer = await parts.Transactions.CommitOffsetsAsync(
            new CommitTransactionOffsets(body.TransactionalId, body.ProducerId, body.ProducerEpoch, body.Group, GroupsHandler.OffsetsOf(body.Topics))
            {
                Generation = body.Generation,
                MemberId = body.MemberId,
                InstanceId = body.InstanceId,
            },
            request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        TxnOffsetCommitApi.Write(writer, Regroup.Errors(body.Topics, Known(answer.Partitions, request, 3)));
        return writer;
    }

    public async ValueTask<KafkaWriter?> EndAsync(KafkaRequest request)
    {
        var body = request.Read(EndTxnApi.Read);
        var answer = await parts.Transactions.EndAsync(
            new EndTransaction(body.TransactionalId, body.ProducerId, body.ProducerEpoch, body.Commit) { Connection = request.Client.Connection }, request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        EndTxnApi.Write(writer, Known(answer.Error, request, 2));
        return writer;
    }

    /// <summary>PRODUCER_FENCED came with a later version of each request; before it the same is INVALID_PRODUCER_EPOCH.</summary>
    private static KafkaError Known(KafkaError error, KafkaRequest request, int since) =>
        error == KafkaError.ProducerFenced && request.Header.Version < since ? KafkaError.InvalidProducerEpoch : error;

    private static IReadOnlyList<PartitionAnswer> Known(IReadOnlyList<PartitionAnswer> answers, KafkaRequest request, int since) =>
        [.. answers.Select(a => a with { Error = Known(a.Error, request, since) })];
}
