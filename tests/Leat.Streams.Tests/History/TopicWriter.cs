using System.Text;
using Leat.Log;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.History;

/// <summary>Appends events before a job runs.</summary>
internal sealed class TopicWriter(IEventLog log)
{
    /// <summary>Records that are no rows: promises that say nothing new.</summary>
    public async Task PromiseAsync(int partition, int count)
    {
        var batch = new RecordBatchBuilder();
        for (var i = 0; i < count; i++) batch.Add(0, default, [], [KeyValuePair.Create(WellKnownHeaders.Watermark, "0")]);
        await log.AppendAsync(new TopicPartition("clicks", partition), batch, null, default);
    }

    public async Task AppendAsync(StreamStep.Event step)
    {
        var batch = new RecordBatchBuilder();
        batch.Add(0, default, Encoding.UTF8.GetBytes(step.Json));
        await log.AppendAsync(new TopicPartition(step.Topic, step.Partition), batch, null, default);
    }
}
