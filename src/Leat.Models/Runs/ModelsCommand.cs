using System.Collections.Immutable;

namespace Leat.Models;

/// <summary>One command on a dbt project.</summary>
public sealed record ModelsCommand(ModelsVerb Verb)
{
    /// <summary>--select: names, paths, methods; empty = everything.</summary>
    public ImmutableArray<string> Select { get; init; } = [];

    /// <summary>--exclude.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>--full-refresh: incremental models and seeds are built anew.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>--fail-fast: the first failure ends the run.</summary>
    public bool FailFast { get; init; }

    /// <summary>--vars as YAML or JSON text; null = none.</summary>
    public string? Vars { get; init; }

    /// <summary>--threads; null = the target's. This version builds one node at a time.</summary>
    public int? Threads { get; init; }

    /// <summary>--target; null = the project's.</summary>
    public string? Target { get; init; }
}
