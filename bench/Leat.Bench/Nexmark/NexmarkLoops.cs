using System.Collections.Immutable;

namespace Leat.Bench.Nexmark;

/// <summary>The queries.</summary>
internal static class NexmarkLoops
{
    public static ImmutableArray<INexmarkLoop> All { get; } =
    [
        new Q0Loop(), new Q1Loop(), new Q2Loop(), new Q3Loop(), new Q4Loop(), new Q5Loop(), new Q6Loop(), new Q7Loop(),
        new Q8Loop(), new Q9Loop(), new Q10Loop(), new Q11Loop(), new Q12Loop(), new Q13Loop(), new Q14Loop(), new Q15Loop(),
        new Q16Loop(), new Q17Loop(), new Q18Loop(), new Q19Loop(), new Q20Loop(), new Q21Loop(), new Q22Loop(), new Q23Loop(),
    ];
}
