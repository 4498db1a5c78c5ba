namespace Leat.Bench.Nexmark;

/// <summary>An open session, in ticks.</summary>
internal struct SessionState
{
    public long First;
    public long Last;
    public long Count;
}
