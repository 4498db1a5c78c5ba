using System.Collections.Immutable;

namespace Leat.Bench.Nexmark;

/// <summary>The queries that exist as Leat jobs.</summary>
internal static class NexmarkQueries
{
    /// <summary>None so far: the bench says so and prints no figure of Leat.</summary>
    public static ImmutableArray<INexmarkQuery> All { get; } = [];
}
