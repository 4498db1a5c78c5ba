namespace Leat.Log;

/// <summary>When an append is acknowledged.</summary>
public enum Durability
{
    /// <summary>After an fsync that covers it; many appends share one.</summary>
    Fsync,

    /// <summary>After the write; an fsync follows within the configured interval. A power cut may lose acknowledged records, a killed process does not.</summary>
    Interval,

    /// <summary>After the write; the operating system decides when to store it.</summary>
    Never,
}
