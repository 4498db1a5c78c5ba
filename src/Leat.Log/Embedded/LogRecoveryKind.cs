namespace Leat.Log;

/// <summary>What was found at opening.</summary>
public enum LogRecoveryKind
{
    /// <summary>An unfinished write at the end, removed.</summary>
    TornTail,

    /// <summary>Damage among records that had been stored; they stay and reading them gives LEAT2021.</summary>
    Damage,

    /// <summary>The file is shorter than what had been stored; offsets of the lost records are given again.</summary>
    LostTail,

    /// <summary>A segment file is missing; reading its records gives LEAT2021.</summary>
    MissingSegment,
}
