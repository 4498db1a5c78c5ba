using Leat.Streams.Checkpoints;
using Leat.Streams.Jobs;
using Leat.Streams.Sinks;
using Leat.Streams.Graph;
using Leat.Streams.Windows;

namespace Leat.Streams;

/// <summary>Results by key and window: columns of the key, window_start, window_end, then the aggregates. May go to several places.</summary>
public sealed class WindowResult<TKey>
{
    private readonly JobPlan _job;
    private readonly WindowOperator<TKey> _window;

    private readonly GraphNode _node;

    internal WindowResult(JobPlan job, WindowOperator<TKey> window, GraphNode node) => (_job, _window, _node) = (job, window, node);

    /// <summary>Gives the window a name that its state is found by when the job has changed; without, it is found by its place among the job's windows.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2101 not a name, or the second one.</exception>
    public WindowResult<TKey> Named(string name)
    {
        PlanParts.Name(_job, _window, name);
        return this;
    }

    /// <summary>Final results as a stream: one row a key and window, whose event time is the last moment of the window.</summary>
    /// <param name="selector">Makes a row of a result; texts of the key are valid inside what follows in the chain.</param>
    public Stream<TOut> Select<TOut>(Func<WindowedRow<TKey>, TOut> selector)
    {
        CheckEnds();
        var next = _job.Add(new StreamNode<TOut>("results", [_node]));
        _window.AddStream(new ResultOutput<TKey, TOut>(selector, next));
        return new Stream<TOut>(_job, next);
    }

    /// <summary>
    /// Results as they change: each row that got new records comes out every so often, early while its window goes on, all rows of a window on time when the watermark passes its end,
    /// and late ones in the allowed lateness. The last one that comes out of a window is its final result.
    /// </summary>
    /// <param name="every">Time of the job's clock between results of one row; zero = as soon as possible.</param>
    /// <param name="selector">Makes a row of a result, see <see cref="WindowedRow{TKey}.Firing"/>; event time is the last moment of the window, or the watermark where there is no window.</param>
    public Stream<TOut> Updates<TOut>(TimeSpan every, Func<WindowedRow<TKey>, TOut> selector)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, TimeSpan.Zero);
        var next = _job.Add(new StreamNode<TOut>("updates", [_node]) { Detail = $"every {every}" });
        _window.AddUpdates(every, new ResultOutput<TKey, TOut>(selector, next));
        return new Stream<TOut>(_job, next);
    }

    /// <summary>Keeps the results of a stream without windows in a view, updated as events come.</summary>
    public WindowResult<TKey> ToView(string name) => ToView(name, TimeSpan.Zero);

    /// <summary>Keeps the results in a view, updated as events come.</summary>
    /// <param name="name">Name of the view, unique in the project.</param>
    /// <param name="keep">Windows that ended longer ago than this, in event time, are dropped once they are final.</param>
    public WindowResult<TKey> ToView(string name, TimeSpan keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, TimeSpan.Zero);
        _window.AddView(name, keep);
        _job.AddView(_window.View!);
        _window.Counting.Add(_job.Add(new EndNode(GraphNode.Sink, [_node]) { Detail = $"view {name}" }));
        return this;
    }

    /// <summary>Appends final results to a lake table, exactly once.</summary>
    public WindowResult<TKey> ToLake(string table)
    {
        CheckEnds();
        _window.AddSink(_job.AddLakeSink(table, _window.Schema));
        _window.Counting.Add(_job.Add(new EndNode(GraphNode.Sink, [_node]) { Detail = $"lake table {table}" }));
        return this;
    }

    /// <summary>Keeps results in a lake table, exactly once.</summary>
    /// <param name="table">Table; made where there is none.</param>
    /// <param name="mode">Final results appended; results by key and window as they are at each commit of the lake; or all results there are then.</param>
    /// <param name="keep">With <see cref="SinkMode.Complete"/>: windows that ended longer ago than this, in event time, leave the table once they are final.</param>
    public WindowResult<TKey> ToLake(string table, SinkMode mode, TimeSpan keep = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        return mode == SinkMode.Append ? ToLake(table) : To(new LakeTableSink(table), mode, keep);
    }

    /// <summary>Keeps results in a sink outside, exactly once.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="mode">Default: the result of each key and window as it is at each checkpoint.</param>
    /// <param name="keep">With <see cref="SinkMode.Complete"/>: windows that ended longer ago than this, in event time, leave the table once they are final.</param>
    public WindowResult<TKey> To(IStreamSink sink, SinkMode mode = SinkMode.Upsert, TimeSpan keep = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, TimeSpan.Zero);
        if (mode == SinkMode.Append) CheckEnds();
        if (mode == SinkMode.Upsert && _window.KeyNames.IsEmpty) throw StreamErrors.Definition(_job.Name, $"one result without key or window is to be kept by key in {sink.Name}", "use SinkMode.Complete: the table then holds the one row");
        var rows = _job.AddSink(new RowSink(sink, mode, _window.Schema, mode == SinkMode.Append ? [] : _window.KeyNames));
        _window.AddSink(rows, _job.Add(new EndNode(GraphNode.Sink, [_node]) { Detail = sink.Name }), keep.Ticks);
        return this;
    }

    /// <summary>Appends final results to a topic as JSON, exactly once, when a checkpoint has them. The key columns joined by "|" are the record's key.</summary>
    public WindowResult<TKey> ToTopic(string topic)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        CheckEnds();
        _window.AddSink(_job.AddTopicTarget(topic));
        _window.Counting.Add(_job.Add(new EndNode(GraphNode.Sink, [_node]) { Detail = $"topic {topic}" }));
        return this;
    }

    /// <summary>Names the topic for records that come after their window is final; default: the job's name and ".late".</summary>
    public WindowResult<TKey> ToLateTopic(string topic)
    {
        _window.LateTopic = topic;
        return this;
    }

    private void CheckEnds()
    {
        if (!_window.HasWindow) throw StreamErrors.Definition(_job.Name, "final results are asked of a stream without windows, which has none", "use Updates(...) or ToView(...), or a window");
    }
}
