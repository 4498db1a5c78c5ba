namespace Leat.Log.Tests;

/// <summary>A test that needs kcat: skipped, saying so, where it is not installed; failed in CI.</summary>
internal sealed class KcatFactAttribute : FactAttribute
{
    public KcatFactAttribute()
    {
        if (!Kcat.IsInstalled && Environment.GetEnvironmentVariable("CI") != "true") Skip = "kcat is not installed: apt-get install kcat";
    }
}
