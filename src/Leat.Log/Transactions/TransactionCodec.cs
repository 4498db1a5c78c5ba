namespace Leat.Log;

/// <summary>How transactions are kept in <c>__transaction_state</c>.</summary>
/// <remarks>
/// Key: version 1, kind (1 transactional id: its text; 2 producer ids: nothing more).
/// Value of 1: version 1, producer id, epoch, last epoch, last producer id, next producer id, timeout in ms, state, begun at, changed at,
/// number of partitions with topic and partition, number of groups with id. Value of 2: version 1, first producer id not yet reserved.
/// Numbers and texts as in <see cref="StateWriter"/>. A key without value is gone.
/// </remarks>
internal static class TransactionCodec
{
    private const byte Version = 1;
    private const byte TransactionKind = 1;
    private const byte ProducerIdsKind = 2;

    public static StateRecord Transaction(TransactionRecord record) => new(Key(record.Id), Value(record));

    public static StateRecord Gone(string id) => new(Key(id), null);

    public static StateRecord ProducerIds(long firstFree) =>
        new(new StateWriter().Byte(Version).Byte(ProducerIdsKind).ToArray(), new StateWriter().Byte(Version).Int64(firstFree).ToArray());

    /// <summary>Hands a stored record to whom it concerns.</summary>
    public static void Read(StateReader key, StateReader? value, Action<string, TransactionRecord?> transaction, Action<long> producerIds)
    {
        _ = key.Known(Version, "version of a key");
        var kind = key.Known(ProducerIdsKind, "kind of a key");
        _ = value?.Known(Version, "version of a transaction");
        if (kind == TransactionKind)
        {
            var id = key.Text();
            transaction(id, value is null ? null : Read(id, value));
        }
        else if (value is not null)
        {
            producerIds(value.Int64());
        }
    }

    private static byte[] Key(string id) => new StateWriter().Byte(Version).Byte(TransactionKind).Text(id).ToArray();

    private static byte[] Value(TransactionRecord record)
    {
        var writer = new StateWriter().Byte(Version).Int64(record.ProducerId).Int16(record.Epoch).Int16(record.LastEpoch).Int64(record.LastProducerId).Int64(record.NextProducerId)
            .Int32((int)record.Timeout.TotalMilliseconds).Byte((byte)record.State).Int64(record.StartedAtMs).Int64(record.ChangedAtMs).Int32(record.Partitions.Count);
        foreach (var partition in record.Partitions) _ = writer.Partition(partition);
        _ = writer.Int32(record.Groups.Count);
        foreach (var group in record.Groups) _ = writer.Text(group);
        return writer.ToArray();
    }

    private static TransactionRecord Read(string id, StateReader value)
    {
        var record = new TransactionRecord(id, value.Int64(), value.Int16()) { LastEpoch = value.Int16(), LastProducerId = value.Int64(), NextProducerId = value.Int64() };
        record = record with { Timeout = TimeSpan.FromMilliseconds(value.Int32()), State = State(value.Byte()), StartedAtMs = value.Int64(), ChangedAtMs = value.Int64() };
        var partitions = record.Partitions.ToBuilder();
        for (var left = value.Int32(); left > 0; left--) _ = partitions.Add(value.Partition());
        var groups = record.Groups.ToBuilder();
        for (var left = value.Int32(); left > 0; left--) _ = groups.Add(value.Text());
        return record with { Partitions = partitions.ToImmutable(), Groups = groups.ToImmutable() };
    }

    private static TransactionState State(byte stored) =>
        stored is >= (byte)TransactionState.Empty and <= (byte)TransactionState.CompleteAbort ? (TransactionState)stored : throw LogErrors.BrokenState($"the state of a transaction is {stored}");
}
