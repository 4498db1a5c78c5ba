using System.Text;
using Leat.Log;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.History;

/// <summary>Appends events before a job runs.</summary>
internal sealed class TopicWriter(IEventLog log)
{
    public async Task AppendAsync(StreamStep.Event step)
    {
        var batch = new RecordBatchBuilder();
        batch.Add(0, default, Encoding.UTF8.GetBytes(step.Json));
        await log.AppendAsync(new TopicPartition(step.Topic, step.Partition), batch, null, default);
    }
}
