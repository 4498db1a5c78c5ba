namespace Leat.Ingest;

/// <summary>What a landing did.</summary>
/// <param name="Rows">Rows that became visible, quarantined ones included.</param>
/// <param name="SetAside">Records that were no JSON objects and went to the dead letters.</param>
public sealed record LandingResult(long Rows, long SetAside)
{
    public static LandingResult operator +(LandingResult left, LandingResult right) => new(left.Rows + right.Rows, left.SetAside + right.SetAside);
}
