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

    /// <summary>Number of distinct values, estimated in bounded memory.</summary>
    ApproxDistinct,

    /// <summary>Values below which given shares of all values lie, estimated in bounded memory.</summary>
    Quantile,

    /// <summary>The most frequent values with counts.</summary>
    HeavyHitters,

    /// <summary>Value of the earliest row.</summary>
    First,

    /// <summary>Value of the latest row.</summary>
    Last,

    /// <summary>Value of the row where another value is smallest.</summary>
    ArgMin,

    /// <summary>Value of the row where another value is largest.</summary>
    ArgMax,

    /// <summary>Values of the rows where another value is largest, in order.</summary>
    Top,

    /// <summary>Variance of a sample.</summary>
    Variance,

    /// <summary>Standard deviation of a sample.</summary>
    StdDev,
}
