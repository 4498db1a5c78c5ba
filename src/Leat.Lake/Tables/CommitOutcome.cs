namespace Leat.Lake;

/// <summary>How a commit ended.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>The rows are visible from <paramref name="Version"/> on.</summary>
    public sealed record Committed(long Version) : CommitOutcome;

    /// <summary>The transaction was committed before; nothing changed.</summary>
    public sealed record AlreadyCommitted(long TransactionVersion) : CommitOutcome;

    /// <summary>Another commit won and ours cannot be rebased onto it.</summary>
    public sealed record Conflict(long WinnerVersion, string Reason) : CommitOutcome;
}
