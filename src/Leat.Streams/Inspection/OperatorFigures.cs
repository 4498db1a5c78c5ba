using System.Collections.Immutable;

namespace Leat.Streams;

/// <summary>An operator of a job's graph in figures. Rows are counted since the job's start.</summary>
/// <param name="Id">Place in the graph, counted from 0: after all of its inputs.</param>
/// <param name="Kind">source, where, window, interval join, sink and others.</param>
/// <param name="Detail">What it reads, writes or keeps; empty = nothing to say.</param>
/// <param name="Inputs">Ids of the operators that rows come from.</param>
public sealed record OperatorFigures(int Id, string Kind, string Detail, ImmutableArray<int> Inputs)
{
    /// <summary>Name that the job gave it; null = none.</summary>
    public string? Name { get; init; }

    /// <summary>Rows that came in; of a source, records read.</summary>
    public long RowsIn { get; init; }

    /// <summary>Rows that came out or went into the sink; of a window, final results.</summary>
    public long RowsOut { get; init; }

    /// <summary>Over the last seconds.</summary>
    public double RowsInPerSecond { get; init; }

    /// <summary>Over the last seconds.</summary>
    public double RowsOutPerSecond { get; init; }

    /// <summary>Of a source: records appended but not yet read; null for others.</summary>
    public long? Waiting { get; init; }

    /// <summary>Rows out are at least of this event time, UTC; null before the first event.</summary>
    public DateTime? Watermark { get; init; }

    /// <summary>Rows that came too late and went to the late topic.</summary>
    public long LateRows { get; init; }

    /// <summary>Of a filter, lookup or deduplication: rows that it left out; null for others.</summary>
    public long? RowsLeftOut { get; init; }

    /// <summary>What it keeps; null when it keeps nothing.</summary>
    public StateFigures? State { get; init; }
}
