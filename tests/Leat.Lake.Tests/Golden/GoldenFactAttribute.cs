namespace Leat.Lake.Tests.Golden;

/// <summary>A test that needs the golden tables; skipped with the reason where they are absent.</summary>
internal sealed class GoldenFactAttribute : FactAttribute
{
    public GoldenFactAttribute()
    {
        if (!GoldenTables.Exists) Skip = $"no golden tables at {GoldenTables.Folder}";
    }
}
