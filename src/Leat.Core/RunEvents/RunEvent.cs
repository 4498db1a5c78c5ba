using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>One thing that started, ended or failed. Shaped so that an OpenLineage event can be made of it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Job">Namespaced job: "models/orders", "streams/campaigns", "ingest/online_retail".</param>
/// <param name="RunId">Run it belongs to.</param>
/// <param name="At">When.</param>
/// <param name="Inputs">Datasets read.</param>
/// <param name="Outputs">Datasets written.</param>
/// <param name="Detail">Rows, seconds, error code and the like.</param>
public sealed record RunEvent(
    RunEventKind Kind,
    string Job,
    string RunId,
    DateTimeOffset At,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    ImmutableDictionary<string, string> Detail)
{
    /// <summary>Position in the process's sequence of events; set by <see cref="IRunEvents.Publish"/>.</summary>
    public long Sequence { get; init; }
}
