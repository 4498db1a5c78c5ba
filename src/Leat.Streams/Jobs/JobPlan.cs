using Leat.Core;
using Leat.Streams.Checkpoints;
using Leat.Streams.Execution;
using Leat.Streams.Graph;
using Leat.Streams.Operators;
using Leat.Streams.Sinks;
using Leat.Streams.Tables;
using Leat.Streams.Views;
using Leat.Streams.Windows;

namespace Leat.Streams.Jobs;

/// <summary>The graph of one job run: what <see cref="JobBuilder"/> collected.</summary>
internal sealed class JobPlan(string name)
{
    public string Name => name;

    public List<SourcePlan> Sources { get; } = [];

    /// <summary>Operators, each after those it gets rows from.</summary>
    public List<GraphNode> Nodes { get; } = [];

    /// <summary>Operators with state, each after those it gets rows from.</summary>
    public List<StatefulOperator> Stateful { get; } = [];

    public IEnumerable<WindowOperator> Windows => Stateful.OfType<WindowOperator>();

    public List<LakeSink> LakeSinks { get; } = [];

    /// <summary>Sinks that take rows from files of the checkpoints.</summary>
    public List<RowSink> RowSinks { get; } = [];

    /// <summary>Records that wait for the next checkpoint.</summary>
    public TopicSinks Topics { get; } = new();

    public List<TopicTarget> TopicTargets { get; } = [];

    /// <summary>Rows go to code of the job.</summary>
    public bool HasCallbacks { get; set; }

    public List<IReferenceTable> Tables { get; } = [];

    public List<IJobView> Views { get; } = [];

    public TNode Add<TNode>(TNode node)
        where TNode : GraphNode
    {
        node.Id = Nodes.Count;
        Nodes.Add(node);
        if (node.State is { } state && !Stateful.Contains(state)) Stateful.Add(state);
        return node;
    }

    public SourcePlan AddSource(SourcePlan source)
    {
        var same = Sources.Count(s => s.Name == source.Name);
        if (same > 0) source.Id = $"{source.Name}#{same + 1}";
        Sources.Add(source);
        return source;
    }

    public LakeSink AddLakeSink(string table, Schema schema)
    {
        CheckFree($"lake table {table}");
        var sink = new LakeSink(table, schema, LakeSinks.Count);
        LakeSinks.Add(sink);
        return sink;
    }

    public RowSink AddSink(RowSink sink)
    {
        CheckFree(sink.Name);
        RowSinks.Add(sink);
        return sink;
    }

    /// <summary>The topic as a place for rows; branches may share one.</summary>
    public TopicTarget AddTopicTarget(string topic)
    {
        if (TopicTargets.Find(t => t.Topic == topic) is { } known) return known;
        var target = new TopicTarget(topic, Topics);
        TopicTargets.Add(target);
        return target;
    }

    public void AddView(IJobView view)
    {
        if (Views.Any(v => v.Name == view.Name)) throw StreamErrors.NameTaken("view", view.Name, name);
        Views.Add(view);
    }

    /// <summary>Once all operators are there: sources that feed tables alone do not hold back the watermark.</summary>
    public void Settle()
    {
        var timed = Nodes.Where(n => n.NeedsTime).SelectMany(n => n.Sources()).ToHashSet();
        foreach (var source in Sources) source.IsTimeless = source.IsFirst && !timed.Contains(source);
    }

    /// <summary>Text that is equal for plans whose checkpoints are interchangeable.</summary>
    public string Signature => string.Join("; ", Stateful.Select(o => o.Signature).Concat(LakeSinks.Select(s => $"lake {s.Table} {s.Schema}")));

    /// <exception cref="LeatException">LEAT2101 no source, or no sink; LEAT2105 two operators of one name.</exception>
    public void Check()
    {
        PlanParts.Check(this);
        if (Sources.Count == 0) throw StreamErrors.Definition(name, "the job has no source", "begin with job.From<T>(topic, eventTime, maxDisorder)");
        if (!HasCallbacks && LakeSinks.Count + RowSinks.Count == 0 && TopicTargets.Count == 0 && Windows.All(w => w.View is null)) throw StreamErrors.Definition(name, "the job has no sink", "end a branch with ToView(...), ToLake(...), ToTopic(...), To(...) or ForEach(...)");
        if (TopicTargets.Find(t => Sources.Exists(s => s.ReadsTopic(t.Topic))) is { } own) throw StreamErrors.Definition(name, $"the job writes to topic '{own.Topic}', which it reads", "write to another topic: what it wrote would come back without end");
    }

    private void CheckFree(string sink)
    {
        if (LakeSinks.Exists(s => $"lake table {s.Table}" == sink) || RowSinks.Exists(s => s.Name == sink)) throw StreamErrors.NameTaken("sink", sink, name);
    }
}
