namespace Leat.Streams.Joins;

/// <summary>How far apart the rows of a pair may be: right time minus left time, ticks, inclusive.</summary>
internal readonly record struct JoinBounds(long Lower, long Upper)
{
    /// <summary>Watermark at which no partner of a left row can come any more.</summary>
    public long LeftUntil(long time) => time + Math.Max(0, Upper) + 1;

    /// <summary>Watermark at which no partner of a right row can come any more.</summary>
    public long RightUntil(long time) => time + Math.Max(0, -Lower) + 1;

    /// <summary>How far behind the watermark rows without partner come out.</summary>
    public long DelayOf(JoinKind kind) => kind switch
    {
        JoinKind.Left => LeftUntil(0),
        JoinKind.Right => RightUntil(0),
        JoinKind.Full => Math.Max(LeftUntil(0), RightUntil(0)),
        _ => 0,
    };
}
