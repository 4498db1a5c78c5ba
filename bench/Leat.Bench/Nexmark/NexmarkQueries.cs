using System.Collections.Immutable;

namespace Leat.Bench.Nexmark;

/// <summary>The queries that exist as Leat jobs.</summary>
internal static class NexmarkQueries
{
    /// <summary>Absent: q4, q6, q10, q12, q15, q16, q17, q19, q23; the bench says so and prints no figure of Leat for them.</summary>
    public static ImmutableArray<INexmarkQuery> All { get; } =
    [
        new Q0Query(), new Q1Query(), new Q2Query(), new Q3Query(), new Q5Query(), new Q7Query(), new Q8Query(), new Q9Query(), new Q11Query(),
        new Q13Query(), new Q14Query(), new Q18Query(), new Q20Query(), new Q21Query(), new Q22Query(),
    ];
}
