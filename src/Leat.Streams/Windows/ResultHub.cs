using Leat.Streams.Graph;
using Leat.Streams.Sinks;

namespace Leat.Streams.Windows;

/// <summary>Hands each final result to all who want it: lake tables, topics, streams.</summary>
internal sealed class ResultHub<TKey>(WindowStore<TKey> store, ResultJson json, List<GraphNode> counting) : ResultSink<TKey>
{
    private int _emitted;

    public List<LakeSink> LakeSinks { get; } = [];

    public List<RowSink> RowSinks { get; } = [];

    public List<TopicTarget> TopicTargets { get; } = [];

    public List<ResultSink<TKey>> Streams { get; } = [];

    public override void Emit(in WindowedRow<TKey> row)
    {
        _emitted++;
        foreach (var stream in Streams) stream.Emit(row);
        if (LakeSinks.Count + RowSinks.Count + TopicTargets.Count > 0) Write(store.Box(row));
    }

    public override void Pass()
    {
        foreach (var node in counting) node.Count(_emitted);
        _emitted = 0;
        foreach (var stream in Streams) stream.Pass();
    }

    private void Write(WindowRow row)
    {
        foreach (var sink in LakeSinks) sink.Add(row.Values);
        foreach (var sink in RowSinks) sink.Add(row.Values, isGone: false);
        if (TopicTargets.Count == 0) return;
        var (key, record) = json.Encode(row);
        foreach (var target in TopicTargets) target.Add([(target.PartitionOf(key), record)]);
    }
}
