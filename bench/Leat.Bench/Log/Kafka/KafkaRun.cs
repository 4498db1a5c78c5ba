using System.Diagnostics;

namespace Leat.Bench.Log;

/// <summary>librdkafka produces as fast as it goes; then it produces and consumes at once.</summary>
/// <param name="ProducePerSecond">Records a second, all acknowledged.</param>
/// <param name="ConsumePerSecond">Records a second read by a consumer while they are produced.</param>
/// <param name="Faults">Records consumed that were not what was sent, and those missing.</param>
internal sealed record KafkaRun(double ProducePerSecond, double ConsumePerSecond, long Faults)
{
    /// <summary>Records that may be on their way to the consumer: less than the 5 MB a partition that the mock cluster keeps.</summary>
    private const int MostAhead = 16_000;

    /// <summary>Records before the clock starts, so that both sides' code is compiled, their connections are open and the client's queue has been full once.</summary>
    private const int WarmUp = KafkaProducer.QueueRecords + 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <param name="bootstrap">Broker; null = the client's own mock cluster.</param>
    /// <param name="input">Values.</param>
    /// <param name="records">Records of each part.</param>
    public static Task<KafkaRun> MeasureAsync(string? bootstrap, LogInput input, long records) => OnThread(() =>
    {
        var produced = Produce(bootstrap, input, records);
        var (consumed, faults) = Consume(bootstrap, input, records);
        return new KafkaRun(produced.PerSecond, consumed, faults + produced.Faults);
    });

    private static (double PerSecond, long Faults) Produce(string? bootstrap, LogInput input, long records)
    {
        using var producer = new KafkaProducer(bootstrap, "produced", input);
        for (var sent = 0; sent < WarmUp; sent += KafkaProducer.Partitions * LogInput.BatchRecords) SendBoth(producer);
        producer.Flush();
        var watch = Stopwatch.StartNew();
        for (var sent = 0L; sent < records; sent += KafkaProducer.Partitions * LogInput.BatchRecords) SendBoth(producer);
        producer.Flush();
        var perSecond = records / watch.Elapsed.TotalSeconds;
        // The mock cluster has thrown most of it away by now.
        if (bootstrap is null) return (perSecond, 0);
        using var consumer = new KafkaConsumer(bootstrap, "produced", input);
        consumer.ReadAll(records + WarmUp);
        return (perSecond, consumer.Faults);
    }

    private static (double PerSecond, long Faults) Consume(string? bootstrap, LogInput input, long records)
    {
        using var producer = new KafkaProducer(bootstrap, "consumed", input);
        SendBoth(producer);
        producer.Flush();
        using var consumer = new KafkaConsumer(producer.Bootstrap, "consumed", input);
        const int First = KafkaProducer.Partitions * LogInput.BatchRecords;
        consumer.ReadAll(First);
        using var stop = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var sending = OnThread(() => SendAhead(producer, consumer, records, stop.Token));
        consumer.ReadAll(First + records);
        var perSecond = records / watch.Elapsed.TotalSeconds;
        stop.Cancel();
        sending.GetAwaiter().GetResult();
        return (perSecond, consumer.Faults);
    }

    private static int SendAhead(KafkaProducer producer, KafkaConsumer consumer, long records, CancellationToken ct)
    {
        const int Both = KafkaProducer.Partitions * LogInput.BatchRecords;
        for (var sent = (long)Both; sent < records + Both && !ct.IsCancellationRequested; sent += Both)
        {
            while (sent - consumer.Read > MostAhead && !ct.IsCancellationRequested) ct.WaitHandle.WaitOne(Pause);
            SendBoth(producer);
        }
        producer.Flush();
        return 0;
    }

    private static void SendBoth(KafkaProducer producer)
    {
        for (var partition = 0; partition < KafkaProducer.Partitions; partition++) producer.Send(partition);
    }

    private static Task<T> OnThread<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
