namespace Leat.Streams;

/// <summary>What happened to a row of a lake table.</summary>
public enum LakeChangeType
{
    /// <summary>It came.</summary>
    Insert,

    /// <summary>It went.</summary>
    Delete,

    /// <summary>Its values before a change.</summary>
    UpdateBefore,

    /// <summary>Its values after a change.</summary>
    UpdateAfter,
}
