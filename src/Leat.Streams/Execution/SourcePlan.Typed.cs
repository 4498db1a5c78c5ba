using Leat.Streams.Operators;

namespace Leat.Streams.Execution;

/// <summary>A topic read as rows of <typeparamref name="T"/>.</summary>
internal sealed class SourcePlan<T>(string topic, Func<T, DateTime> eventTime, TimeSpan maxDisorder, StreamNode<T> node) : SourcePlan(topic)
{
    public Func<T, DateTime> EventTime => eventTime;

    public long Disorder => maxDisorder.Ticks;

    public override SourceRunner CreateRunner(WorkerContext context) => new SourceRunner<T>(this, node.Build(context), context);
}
