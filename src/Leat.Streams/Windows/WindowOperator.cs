using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Graph;
using Leat.Streams.Operators;
using Leat.Streams.Sinks;
using Leat.Streams.Views;

namespace Leat.Streams.Windows;

/// <summary>What a job knows of a window operator, whatever its key and row types. At each watermark it closes windows, hands their rows to the sinks, and drops what nobody keeps.</summary>
internal abstract class WindowOperator : CopiedOperator
{
    public override string Kind => "aggregate";

    /// <summary>Columns of the results.</summary>
    public abstract Schema Schema { get; }

    /// <summary>Columns that tell results apart.</summary>
    public abstract ImmutableArray<string> KeyNames { get; }

    public abstract bool HasWindow { get; }

    public IJobView? View { get; protected set; }

    /// <summary>How far the operator's watermark is behind the job's, ticks.</summary>
    public abstract long InputDelay { get; }

    /// <summary>How far behind the job's watermark final results may be, ticks.</summary>
    public abstract long OutputDelay { get; }

    /// <summary>Nodes of the graph that count final results as their rows: the window and its sinks.</summary>
    public List<GraphNode> Counting { get; } = [];

    public string? LateTopic { get; set; }

    public abstract void AddView(string name, TimeSpan keep);

    public abstract void AddSink(LakeSink sink);

    public abstract void AddSink(TopicTarget target);

    /// <summary>Final results, results as they change, or all of them, as the sink asks.</summary>
    /// <param name="sink">Of a mode.</param>
    /// <param name="node">Counts its rows.</param>
    /// <param name="keep">All of them: also of windows that ended so long ago; ticks.</param>
    public abstract void AddSink(RowSink sink, GraphNode node, long keep);
}
