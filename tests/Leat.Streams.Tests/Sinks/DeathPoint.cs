namespace Leat.Streams.Tests.Sinks;

/// <summary>Where a process dies inside a transaction.</summary>
internal enum DeathPoint
{
    BeforeAppend,
    AfterAppend,
    BeforeCommit,
    AfterCommit,

    /// <summary>It lives, and does not know what became of the commit.</summary>
    AnswerLost,
}
