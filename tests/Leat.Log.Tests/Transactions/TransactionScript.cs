using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>A log with topic t (2 partitions), its transaction coordinator and a clock, with short calls for one transactional id.</summary>
internal sealed class TransactionScript : IAsyncDisposable
{
    public const string Id = "id";
    public static readonly TopicPartition First = new("t", 0);
    private readonly TemporaryFolder _folder = new();

    public ManualTimeProvider Time { get; } = new();

    public EmbeddedLog Log { get; private set; } = null!;

    public string Folder => Path.Combine(_folder.Path, "log");

    public TransactionCoordinator Transactions => Log.TransactionCoordinator;

    public static async Task<TransactionScript> OpenAsync()
    {
        var script = new TransactionScript();
        await script.ReopenAsync();
        _ = await script.Log.CreateTopicAsync("t", new TopicOptions { Partitions = 2 }, default);
        return script;
    }

    public async Task ReopenAsync()
    {
        if (Log is not null) await Log.DisposeAsync();
        Log = EmbeddedLog.Open(Folder, Coordinators.Parts(Time));
    }

    public ValueTask<ProducerAnswer> Init(long producerId = -1, short epoch = -1, double timeoutSeconds = 60) =>
        Transactions.InitProducerIdAsync(new InitProducerId(Id, TimeSpan.FromSeconds(timeoutSeconds), producerId, epoch), default);

    public async Task<KafkaError> Add(ProducerAnswer producer, TopicPartition? partition = null, long connection = 0) =>
        (await Transactions.AddPartitionsAsync(new AddPartitionsToTransaction(Id, producer.ProducerId, producer.ProducerEpoch, [partition ?? First]) { Connection = connection }, default)).Error;

    public ValueTask<ProducerAnswer> End(ProducerAnswer producer, bool commit, bool nextEpoch = false, long connection = 0) =>
        Transactions.EndAsync(new EndTransaction(Id, producer.ProducerId, producer.ProducerEpoch, commit) { NextEpoch = nextEpoch, Connection = connection }, default);

    public async Task<KafkaError> AddGroup(ProducerAnswer producer) =>
        (await Transactions.AddOffsetsAsync(new AddOffsetsToTransaction(Id, producer.ProducerId, producer.ProducerEpoch, "g"), default)).Error;

    public async Task<KafkaError> CommitOffset(ProducerAnswer producer, long offset) =>
        (await Transactions.CommitOffsetsAsync(new CommitTransactionOffsets(Id, producer.ProducerId, producer.ProducerEpoch, "g", [new OffsetToCommit(First, offset)]), default)).Partitions[0].Error;

    public async Task<FetchedOffset> Fetch(bool stable) => (await Log.GroupCoordinator.FetchAsync(new FetchOffsets("g", [First], stable), default)).Offsets[0];

    /// <summary>Appends one value as the producer's batch of that sequence number.</summary>
    public static Task<BatchAppend> Append(IBatchLog log, ProducerAnswer producer, int sequence, string value)
    {
        var batch = LogValues.Batch(value).BeginAppend(null);
        var header = batch.Header with { ProducerId = producer.ProducerId, ProducerEpoch = producer.ProducerEpoch, BaseSequence = sequence, Attributes = BatchHeader.TransactionalBit };
        header.Write(batch.First.Span);
        BatchHeader.WriteCrc(batch.First.Span, []);
        return log.AppendBatchAsync(First, batch.First, null, default).AsTask();
    }

    /// <summary>Waits for work in the background.</summary>
    public static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 1000 && !await holds(); i++) await Task.Delay(10);
        Assert.True(await holds());
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        _folder.Dispose();
    }
}
