namespace Leat.Streams;

/// <summary>What an aggregate computes.</summary>
public enum AggregateKind
{
    /// <summary>Rows.</summary>
    Count,

    /// <summary>Sum of the values; exact for decimals and integers.</summary>
    Sum,

    /// <summary>Mean of the values; for decimals an exact sum divided once.</summary>
    Average,

    /// <summary>Smallest value.</summary>
    Min,

    /// <summary>Largest value.</summary>
    Max,

    /// <summary>Number of distinct values, exact.</summary>
    Distinct,
}
