namespace Leat.Quality;

/// <summary>A check as declared in <c>checks/*.yml</c>.</summary>
/// <param name="Name">Unique in the project.</param>
/// <param name="Dataset">Relation as SQL names it; for kind sql only a label.</param>
/// <param name="Kind">What is counted or measured.</param>
/// <param name="Severity">What it means when it does not hold.</param>
/// <param name="Statement">SELECT of one value: rows, age in seconds (NULL = no row), or failing rows.</param>
/// <param name="Least">Smallest value that passes, included; null = none.</param>
/// <param name="Most">Largest value that passes, included; null = none.</param>
/// <param name="DeclaredAt">File, line and column.</param>
public sealed record CheckDefinition(
    string Name,
    string Dataset,
    CheckKind Kind,
    CheckSeverity Severity,
    string Statement,
    decimal? Least,
    decimal? Most,
    string DeclaredAt);
