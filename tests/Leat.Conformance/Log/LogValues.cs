using System.Text;
using Leat.Log;

namespace Leat.Conformance;

/// <summary>Short ways to write and read values, for tests of groups and transactions.</summary>
public static class LogValues
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A batch with one record a value; the value is also its key.</summary>
    public static RecordBatchBuilder Batch(params string[] values)
    {
        var batch = new RecordBatchBuilder();
        foreach (var value in values) batch.Add(1, Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(value));
        return batch;
    }

    /// <summary>Values of a block, in order.</summary>
    public static List<string> Of(RecordBlock block)
    {
        var values = new List<string>();
        foreach (var record in block) values.Add(Encoding.UTF8.GetString(record.Value));
        return values;
    }

    /// <summary>What readers see of a partition now, from its first record on.</summary>
    public static async Task<List<string>> VisibleAsync(IEventLog log, TopicPartition partition)
    {
        var values = new List<string>();
        await using var reader = log.OpenReader(partition, (await log.DescribeAsync(partition, default)).StartOffset);
        while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
        {
            using (block) values.AddRange(Of(block));
        }
        return values;
    }

    /// <summary>Waits until readers see as many values; what they see then.</summary>
    public static async Task<List<string>> VisibleAsync(IEventLog log, TopicPartition partition, int count)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            var values = await VisibleAsync(log, partition);
            if (values.Count >= count) return values;
            Assert.False(late.IsCancellationRequested, $"{partition}: {values.Count} of {count} values became visible in {Patience}");
            await Task.Delay(10);
        }
    }
}
