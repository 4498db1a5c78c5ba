using System.Collections.Immutable;

namespace Leat.Quality;

/// <summary>A run of checks.</summary>
/// <param name="RunId">Run of checks.</param>
/// <param name="Results">One a check, in order of declaration.</param>
public sealed record CheckReport(string RunId, ImmutableArray<CheckResult> Results)
{
    /// <summary>Whether nothing failed or was broken; warnings are allowed.</summary>
    public bool IsGood => Results.All(result => result.Status is CheckStatus.Passed or CheckStatus.Warned);
}
