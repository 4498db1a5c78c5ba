using System.Diagnostics;
using Leat.Log;

namespace Leat.Bench.Log;

/// <summary>Several producers append batches to one topic; each waits for its batch before it makes the next.</summary>
internal static class AppendRun
{
    public const int Producers = 16;
    public const int Partitions = 2;

    /// <returns>Records a second, from the first record encoded to the last append acknowledged.</returns>
    public static async Task<double> MeasureAsync(IEventLog log, string topic, LogInput input, long records)
    {
        var each = records / Producers / LogInput.BatchRecords * LogInput.BatchRecords;
        var patterns = Enumerable.Range(0, Producers).Select(_ => input.CopyPatterns()).ToList();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(p => Task.Run(() => ProduceAsync(log, new TopicPartition(topic, p % Partitions), patterns[p], p, each))));
        return each * Producers / watch.Elapsed.TotalSeconds;
    }

    private static async Task ProduceAsync(IEventLog log, TopicPartition partition, byte[] patterns, int producer, long records)
    {
        var builder = new RecordBatchBuilder();
        for (long number = 0; number < records; number += LogInput.BatchRecords)
        {
            for (var slot = 0; slot < LogInput.BatchRecords; slot++) builder.Add(number, default, LogInput.Stamp(patterns, slot, producer, number + slot));
            await log.AppendAsync(partition, builder, null, CancellationToken.None);
            builder.Clear();
        }
    }
}
