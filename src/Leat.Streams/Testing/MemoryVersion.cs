using System.Collections.Immutable;
using Leat.Lake;

namespace Leat.Streams.Testing;

/// <summary>A version of a table in memory.</summary>
/// <param name="Live">Files that the table consists of.</param>
/// <param name="Added">Files that came.</param>
/// <param name="Removed">Files that went.</param>
internal sealed record MemoryVersion(ImmutableArray<StagedFile> Live, ImmutableArray<StagedFile> Added, ImmutableArray<StagedFile> Removed)
{
    public static MemoryVersion Empty { get; } = new([], [], []);

    public ImmutableArray<StagedFile> ChangeData { get; init; } = [];

    public ImmutableDictionary<string, long> Transactions { get; init; } = ImmutableDictionary<string, long>.Empty;

    public MemoryVersion Then(ImmutableArray<StagedFile> added, ImmutableArray<StagedFile> removed) => new(Live.RemoveRange(removed).AddRange(added), added, removed) { Transactions = Transactions };

    /// <summary>The same rows in other files.</summary>
    public MemoryVersion Rewritten(ImmutableArray<StagedFile> live) => new(live, [], []) { Transactions = Transactions };
}
