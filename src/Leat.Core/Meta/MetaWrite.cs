namespace Leat.Core;

/// <summary>One unit of work that waits for the writer.</summary>
internal abstract class MetaWrite
{
    /// <summary>Runs the work behind a savepoint; its own failure undoes it alone. Throws only when the connection itself is broken.</summary>
    public abstract void RunInSavepoint(MetaConnection connection);

    /// <summary>The commit is on disk: tells the caller the result, or its own failure.</summary>
    public abstract void Succeed();

    /// <summary>The commit failed.</summary>
    public abstract void Fail(Exception cause);
}
