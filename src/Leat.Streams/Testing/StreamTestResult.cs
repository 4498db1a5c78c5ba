using System.Collections.Immutable;

namespace Leat.Streams.Testing;

/// <summary>What a job put out.</summary>
/// <param name="Views">View to its committed rows, newest window first, as text: values joined by "|".</param>
/// <param name="Fresh">The same from the fresh side.</param>
/// <param name="Tables">Lake table to its rows as text, sorted.</param>
/// <param name="Topics">Topic the job writes to its records, in order, one partition after the other; the late and dead-letter topics among them.</param>
/// <param name="Status">Last state of the job.</param>
public sealed record StreamTestResult(
    ImmutableDictionary<string, ImmutableArray<string>> Views,
    ImmutableDictionary<string, ImmutableArray<string>> Fresh,
    ImmutableDictionary<string, ImmutableArray<string>> Tables,
    ImmutableDictionary<string, ImmutableArray<StreamTestRecord>> Topics,
    JobStatus Status)
{
    /// <summary>Everything that must be equal between runs of the same events, as one text.</summary>
    public string Outputs => string.Join('\n',
        Views.OrderBy(v => v.Key, StringComparer.Ordinal).SelectMany(v => v.Value.Select(row => $"view {v.Key}: {row}"))
            .Concat(Tables.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => t.Value.Select(row => $"table {t.Key}: {row}")))
            .Concat(Topics.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => t.Value.Select(r => $"topic {t.Key}: {r.Value} {r.Source} {r.Code}").Order(StringComparer.Ordinal))));
}
