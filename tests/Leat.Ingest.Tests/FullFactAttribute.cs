namespace Leat.Ingest.Tests;

/// <summary>A slow test, run when LEAT_FULL=1.</summary>
internal sealed class FullFactAttribute : FactAttribute
{
    public FullFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("LEAT_FULL") != "1") Skip = "slow; set LEAT_FULL=1";
    }
}
