namespace Leat.Streams;

/// <summary>What a sink's table shall hold.</summary>
public enum SinkMode
{
    /// <summary>Every row of a stream; of windows each final result, once.</summary>
    Append,

    /// <summary>The newest row of each key; of windows the result of each key and window as it is now, early and late ones too. What is no more leaves the table.</summary>
    Upsert,

    /// <summary>All results of a window operator as they are now: the table is replaced as a whole.</summary>
    Complete,
}
