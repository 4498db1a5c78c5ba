namespace Leat.Models.Tests;

/// <summary>A test on data of the shared folder; skipped, saying so, where that is absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path)
    {
        if (SharedFolder.Find(path) is null) Skip = $"../shared/{path} is absent";
    }
}
