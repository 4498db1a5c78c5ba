using System.Collections.Immutable;
using System.CommandLine;

namespace Leat.Host.CommandLine;

/// <summary>One verb of the command line. Derive, declare options, run.</summary>
public abstract class Verb
{
    /// <summary>The word typed.</summary>
    public abstract string Name { get; }

    /// <summary>One line for the list of verbs.</summary>
    public abstract string Summary { get; }

    /// <summary>Command lines without the leading "leat"; shown first in help.</summary>
    public abstract ImmutableArray<string> Examples { get; }

    /// <summary>Where the verb runs.</summary>
    public abstract VerbPlace Place { get; }

    /// <summary>Verbs below this one ("run" and "list" of "flow").</summary>
    public virtual ImmutableArray<Verb> Children => [];

    /// <summary>Arguments, in order.</summary>
    public virtual ImmutableArray<Argument> Arguments => [];

    /// <summary>Options beside the common ones (--project, --target, --json).</summary>
    public virtual ImmutableArray<Option> Options => [];

    /// <summary>Takes all words after the verb as they are (dbt's verbs parse their own).</summary>
    public virtual bool PassesThrough => false;

    /// <summary>Does the work; data to <see cref="VerbContext.Out"/>, talk to <see cref="VerbContext.Talk"/>.</summary>
    /// <returns>0 done, 1 failed, 2 wrong usage.</returns>
    public abstract Task<int> RunAsync(VerbContext context, CancellationToken ct);
}
