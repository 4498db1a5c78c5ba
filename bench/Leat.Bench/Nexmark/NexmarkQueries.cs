using System.Collections.Immutable;

namespace Leat.Bench.Nexmark;

/// <summary>The queries that exist as Leat jobs.</summary>
internal static class NexmarkQueries
{
    public static ImmutableArray<INexmarkQuery> All { get; } =
    [
        new Q0Query(), new Q1Query(), new Q2Query(), new Q3Query(), new Q4Query(), new Q5Query(), new Q6Query(), new Q7Query(),
        new Q8Query(), new Q9Query(), new Q10Query(), new Q11Query(), new Q12Query(), new Q13Query(), new Q14Query(), new Q15Query(),
        new Q16Query(), new Q17Query(), new Q18Query(), new Q19Query(), new Q20Query(), new Q21Query(), new Q22Query(), new Q23Query(),
    ];
}
