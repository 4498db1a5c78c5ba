using System.Collections.Immutable;
using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Graph;

/// <summary>An operator of the job's graph, as the inspection sees it.</summary>
internal abstract class GraphNode
{
    /// <summary>Kind of the operators that rows leave the job by.</summary>
    public const string Sink = "sink";

    private long _rows;

    /// <param name="kind">Kind of operator in the field's terms: source, where, window, interval join, sink.</param>
    /// <param name="inputs">Operators that rows come from.</param>
    /// <param name="ownDelay">How far behind the watermark of its inputs its rows may be, ticks.</param>
    protected GraphNode(string kind, ImmutableArray<GraphNode> inputs, long ownDelay)
    {
        (Kind, Inputs) = (kind, inputs);
        InputDelay = inputs.IsEmpty ? 0 : inputs.Max(n => n.Delay);
        Delay = InputDelay + ownDelay;
    }

    /// <summary>Place in the graph, counted from 0: after all of its inputs.</summary>
    public int Id { get; set; }

    public string Kind { get; }

    /// <summary>What it reads, writes or keeps: a topic, a table, a view, measures of a window; empty = nothing to say.</summary>
    public string Detail { get; init; } = "";

    public ImmutableArray<GraphNode> Inputs { get; }

    /// <summary>How far its watermark is behind the job's where rows come in, ticks.</summary>
    public long InputDelay { get; }

    /// <summary>How far the watermark is behind the job's where rows go out, ticks: rows are at most so much older.</summary>
    public long Delay { get; }

    /// <summary>What a source reads; null for other operators.</summary>
    public SourcePlan? Source { get; set; }

    /// <summary>The operator's state; null when it has none.</summary>
    public StatefulOperator? State { get; init; }

    /// <summary>Rows that came out, or went into a sink, since the start.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Rows wait for event time here, or leave the job: what feeds it holds the watermark.</summary>
    public bool NeedsTime => Kind == Sink || State is { UsesTime: true };

    /// <summary>All sources that rows come from.</summary>
    public IEnumerable<SourcePlan> Sources() => Source is null ? Inputs.SelectMany(n => n.Sources()).Distinct() : [Source];

    public void Count(int rows) => Interlocked.Add(ref _rows, rows);
}
