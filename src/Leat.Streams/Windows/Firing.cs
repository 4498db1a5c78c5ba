namespace Leat.Streams;

/// <summary>Why a result of a window comes out.</summary>
public enum Firing
{
    /// <summary>The window takes no more rows: this is its one result.</summary>
    Final,

    /// <summary>Rows came, and the watermark has not passed the window's end.</summary>
    Early,

    /// <summary>The watermark has just passed the window's end.</summary>
    OnTime,

    /// <summary>Rows came after the watermark had passed the window's end.</summary>
    Late,
}
