namespace Leat.Models.Tests;

/// <summary>A theory on data of the shared folder; skipped, saying so, where that is absent.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string path)
    {
        if (SharedFolder.Find(path) is null) Skip = $"../shared/{path} is absent";
    }
}
