namespace Leat.Quality;

/// <summary>What a check came to.</summary>
public enum CheckStatus
{
    Passed,

    /// <summary>Does not hold, severity warn.</summary>
    Warned,

    /// <summary>Does not hold, severity error.</summary>
    Failed,

    /// <summary>Could not be evaluated; counts as failed whatever the severity.</summary>
    Broken,
}
