using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>How an attempt ended when it did not throw.</summary>
public abstract record TaskOutcome
{
    private TaskOutcome()
    {
    }

    /// <summary>Done; <paramref name="Outputs"/> are handed to the tasks that follow.</summary>
    public sealed record Succeeded(ImmutableDictionary<string, string> Outputs) : TaskOutcome
    {
        public Succeeded()
            : this(ImmutableDictionary<string, string>.Empty)
        {
        }
    }

    /// <summary>There was nothing to do; what follows is skipped.</summary>
    public sealed record Skipped(string Reason) : TaskOutcome;

    /// <summary>An expected failure, for example a failed check; what follows does not run.</summary>
    public sealed record Failed(string Reason, Retry Retry) : TaskOutcome;
}
