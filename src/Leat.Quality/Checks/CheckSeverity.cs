namespace Leat.Quality;

/// <summary>What a check that does not hold means.</summary>
public enum CheckSeverity
{
    /// <summary>Stops what is downstream.</summary>
    Error,

    /// <summary>Is reported, and nothing stops.</summary>
    Warn,
}
