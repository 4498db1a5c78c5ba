namespace Leat.Log.Tests;

/// <summary>Rough speeds: 240-byte records, 500 a batch.</summary>
internal static class Measure
{
    private const int PerBatch = 500;
    private const int Batches = 6_000;
    private const int Producers = 4;

    public static async Task<int> RunAsync(string folder)
    {
        for (var round = 0; round < 3; round++)
        {
            foreach (var durability in Enum.GetValues<Durability>()) await Round(Path.Combine(folder, $"{round}"), durability);
            Directory.Delete(Path.Combine(folder, $"{round}"), true);
        }
        return 0;
    }

    private static async Task Round(string folder, Durability durability)
    {
        await using var log = EmbeddedLog.Open(folder);
        var topic = $"m-{durability}".ToLowerInvariant();
        await log.CreateTopicAsync(topic, new TopicOptions { Durability = durability }, default);
        var partition = new TopicPartition(topic, 0);
        var value = new byte[240 - 12];
        new Random(1).NextBytes(value);
        var begun = TimeProvider.System.GetTimestamp();
        var allocated = GC.GetTotalAllocatedBytes();
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(() => Produce(log, partition, value))));
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine($"append {durability}: {PerBatch * Batches / seconds / 1e6:f2} M records/s, {(GC.GetTotalAllocatedBytes() - allocated) / Batches} bytes allocated a batch");
        await Read(log, partition);
    }

    private static async Task Produce(EmbeddedLog log, TopicPartition partition, byte[] value)
    {
        var builder = new RecordBatchBuilder();
        for (var i = 0; i < Batches / Producers; i++)
        {
            builder.Clear();
            for (var j = 0; j < PerBatch; j++) builder.Add(1_700_000_000_000 + j, [], value);
            await log.AppendAsync(partition, builder, null, default);
        }
    }

    private static async Task Read(EmbeddedLog log, TopicPartition partition)
    {
        foreach (var size in (int[])[256 << 10, 1 << 20])
        {
            var begun = TimeProvider.System.GetTimestamp();
            long records = 0, sum = 0;
            await using var reader = log.OpenReader(partition, 0);
            while (await reader.ReadAsync(size, TimeSpan.Zero, default) is { } block)
            {
                foreach (ref readonly var record in block)
                {
                    records++;
                    sum += record.Value.Length + record.Offset;
                }
                block.Dispose();
            }
            Console.WriteLine($"  read {size >> 10} kB: {records / TimeProvider.System.GetElapsedTime(begun).TotalSeconds / 1e6:f2} M records/s ({sum})");
        }
    }
}
