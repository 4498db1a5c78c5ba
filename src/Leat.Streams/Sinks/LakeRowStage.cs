using Leat.Core;
using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Sinks;

/// <summary>Collects a worker's rows into batches for a lake table.</summary>
internal sealed class LakeRowStage<T>(LakeSink sink, RowAppender<T> appender) : Stage<T>
{
    private readonly BatchBuilder _builder = new(appender.Schema);

    public override void Process(Chunk<T> chunk, WorkerContext context)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            appender.Append(_builder, chunk.Items[i]);
            if (_builder.IsFull) sink.Add(_builder.Build());
        }
    }

    public override void Flush()
    {
    }

    public override void Barrier()
    {
        if (_builder.RowCount > 0) sink.Add(_builder.Build());
    }

    public override void Dispose() => _builder.Dispose();
}
