using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Sinks;

/// <summary>Rows of a stream for a sink: handed over chunk by chunk, so that those of a key stay in order whoever makes them.</summary>
internal sealed class RowSinkStage<T>(RowSink sink, RowAppender<T> appender, Func<T, bool>? isGone) : Stage<T>
{
    private readonly RowFate[] _fates = new RowFate[Chunk<T>.DefaultCapacity];

    public override void Process(Chunk<T> chunk, WorkerContext context)
    {
        for (var i = 0; isGone is not null && i < chunk.Count; i++)
        {
            try
            {
                _fates[i] = isGone(chunk.Items[i]) ? RowFate.Gone : RowFate.Put;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                _fates[i] = RowFate.LeftOut;
                context.UserFault(chunk, i, $"to {sink.Name}", error);
            }
        }

        sink.Add(appender, chunk, _fates);
    }

    public override void Flush()
    {
    }

    public override void Dispose()
    {
    }
}
