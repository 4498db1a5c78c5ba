namespace Leat.Streams.Sinks;

/// <summary>What a row means to its sink.</summary>
internal enum RowFate : byte
{
    /// <summary>It is the newest row of its key, or one more row.</summary>
    Put,

    /// <summary>There is no row of its key any more.</summary>
    Gone,

    /// <summary>It is a dead letter already.</summary>
    LeftOut,
}
