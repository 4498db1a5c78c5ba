namespace Leat.Log;

/// <summary>Which time a record carries.</summary>
public enum RecordTime
{
    /// <summary>The time its producer gave it.</summary>
    Created,

    /// <summary>The time it was appended.</summary>
    Appended,
}
