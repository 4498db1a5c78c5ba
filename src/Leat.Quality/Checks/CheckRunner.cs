using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Sql;

namespace Leat.Quality;

/// <summary>Evaluates the project's checks through SQL and keeps their results.</summary>
public sealed class CheckRunner
{
    private readonly LeatProject _project;
    private readonly ISqlEngine _engine;
    private readonly TimeProvider _clock;
    private readonly IRunEvents _events;
    private readonly CheckHistory _history;

    public CheckRunner(LeatProject project, ISqlEngine engine, IMetaStore meta, IRunEvents events, TimeProvider clock)
    {
        _project = project;
        _engine = engine;
        _clock = clock;
        _events = events;
        _history = new CheckHistory(meta);
    }

    /// <summary>Checks as they are declared now.</summary>
    /// <exception cref="LeatException">LEAT1002-1006 for a file; LEAT1312 for a check that cannot be used.</exception>
    public IReadOnlyList<CheckDefinition> List() => CheckYaml.ReadAll(_project.Root);

    /// <summary>Runs the checks whose name or dataset is among <paramref name="selected"/>; all when it is empty.</summary>
    /// <returns>One result a check; a check that cannot be evaluated is in it as broken.</returns>
    /// <exception cref="LeatException">LEAT1313 nothing goes by one of these names.</exception>
    public async Task<CheckReport> RunAsync(IReadOnlyList<string> selected, CancellationToken ct)
    {
        var checks = Select(List(), selected);
        var runId = string.Create(CultureInfo.InvariantCulture, $"{_clock.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{Guid.NewGuid():N}")[..27];
        Publish(RunEventKind.Started, runId, checks, "");
        var results = ImmutableArray.CreateBuilder<CheckResult>(checks.Count);
        var session = _engine.OpenSession(new SqlSessionOptions());
        await using (session.ConfigureAwait(false))
        {
            foreach (var check in checks) results.Add(await EvaluateAsync(session, check, runId, ct).ConfigureAwait(false));
        }
        var report = new CheckReport(runId, results.MoveToImmutable());
        await _history.AddAsync(report, CancellationToken.None).ConfigureAwait(false);
        Publish(report.IsGood ? RunEventKind.Completed : RunEventKind.Failed, runId, checks, string.Join(", ", report.Results.Where(r => r.Status is not CheckStatus.Passed).Select(r => r.Check)));
        return report;
    }

    /// <summary>Newest results first.</summary>
    /// <param name="check">Check, or null for all.</param>
    /// <param name="limit">Most results.</param>
    /// <param name="ct">Cancels.</param>
    public Task<IReadOnlyList<CheckResult>> HistoryAsync(string? check, int limit, CancellationToken ct) => _history.ListAsync(check, limit, ct);

    private async Task<CheckResult> EvaluateAsync(ISqlSession session, CheckDefinition check, string runId, CancellationToken ct)
    {
        var at = _clock.GetUtcNow();
        var started = _clock.GetTimestamp();
        try
        {
            var value = await ValueAsync(session, check.Statement, ct).ConfigureAwait(false);
            var actual = check.Kind is CheckKind.Freshness && value is { } newest ? (at.ToUnixTimeMilliseconds() - newest) / 1_000m : value;
            var holds = actual is { } found && !(found < check.Least) && !(found > check.Most);
            var status = holds ? CheckStatus.Passed : check.Severity is CheckSeverity.Error ? CheckStatus.Failed : CheckStatus.Warned;
            return new CheckResult(runId, check.Name, check.Dataset, status, actual, Message(check, actual), at, Elapsed(started));
        }
        catch (LeatException cause)
        {
            return new CheckResult(runId, check.Name, check.Dataset, CheckStatus.Broken, null, $"{cause.Code}: {cause.What} ({check.DeclaredAt})", at, Elapsed(started));
        }
    }

    private long Elapsed(long started) => (long)_clock.GetElapsedTime(started).TotalMilliseconds;

    private static async Task<decimal?> ValueAsync(ISqlSession session, string statement, CancellationToken ct)
    {
        var result = await session.QueryAsync(statement, [], ct).ConfigureAwait(false);
        await using (result.ConfigureAwait(false))
        {
            object? value = null;
            await foreach (var batch in result.ReadAsync(ct).ConfigureAwait(false))
            {
                using (batch)
                {
                    if (batch.RowCount > 0) value = batch[0].GetValue(0);
                }
            }
            return value is null ? null : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        }
    }

    private static string Message(CheckDefinition check, decimal? actual) => check.Kind switch
    {
        CheckKind.RowCount => $"{actual} rows; expected {Range(check)}",
        CheckKind.Freshness when actual is null => "no row has a time",
        CheckKind.Freshness => string.Create(CultureInfo.InvariantCulture, $"newest is {TimeSpan.FromSeconds((double)actual!.Value):c} old; allowed {TimeSpan.FromSeconds((double)check.Most!.Value):c}"),
        _ => check.Most > 0 ? $"{actual} failing rows; allowed {check.Most}" : $"{actual} failing rows",
    };

    private static string Range(CheckDefinition check) => (check.Least, check.Most) switch
    {
        ({ } least, null) => $"at least {least}",
        (null, { } most) => $"at most {most}",
        var (least, most) => $"{least} to {most}",
    };

    private static IReadOnlyList<CheckDefinition> Select(IReadOnlyList<CheckDefinition> checks, IReadOnlyList<string> selected)
    {
        if (selected.Count == 0) return checks;
        var names = checks.Select(check => check.Name).Concat(checks.Select(check => check.Dataset)).Where(name => name.Length > 0).Distinct().ToList();
        foreach (var name in selected.Where(name => !names.Contains(name)))
        {
            var nearest = Nearest.To(name, names);
            throw new LeatException("LEAT1313", $"no check and no checked dataset is named '{name}'; there are {(names.Count == 0 ? "none" : string.Join(", ", names))}", "checks/", nearest is null ? "declare the check in checks/*.yml" : $"write '{nearest}'");
        }
        return [.. checks.Where(check => selected.Contains(check.Name) || selected.Contains(check.Dataset))];
    }

    private void Publish(RunEventKind kind, string runId, IReadOnlyList<CheckDefinition> checks, string failed) => _events.Publish(new RunEvent(
        kind,
        "quality/checks",
        runId,
        _clock.GetUtcNow(),
        [.. checks.Select(check => check.Dataset).Where(dataset => dataset.Length > 0).Distinct()],
        [],
        ImmutableDictionary<string, string>.Empty.Add("checks", checks.Count.ToString(CultureInfo.InvariantCulture)).Add("not_passed", failed)));
}
