namespace Leat.Quality;

/// <summary>What one check came to in one run of checks.</summary>
/// <param name="RunId">Run of checks.</param>
/// <param name="Check">Name of the check.</param>
/// <param name="Dataset">Dataset it is about.</param>
/// <param name="Status">Passed, warned, failed or broken.</param>
/// <param name="Actual">Value found: rows, seconds of age, failing rows; null when there was none.</param>
/// <param name="Message">What was expected and found; for a broken check the error.</param>
/// <param name="At">When it was evaluated.</param>
/// <param name="ElapsedMs">How long it took.</param>
public sealed record CheckResult(string RunId, string Check, string Dataset, CheckStatus Status, decimal? Actual, string Message, DateTimeOffset At, long ElapsedMs);
