namespace Leat.Streams;

/// <summary>Which rows without a partner come out of a join.</summary>
public enum JoinKind
{
    /// <summary>None.</summary>
    Inner,

    /// <summary>Those of the left side.</summary>
    Left,

    /// <summary>Those of the right side.</summary>
    Right,

    /// <summary>Those of both sides.</summary>
    Full,
}
