namespace Leat.Log.Tests;

/// <summary>A test that compares with a program of the system; skipped at home where it is missing, run (and failed) in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] programs)
    {
        var missing = programs.Where(p => !Tool.Exists(p)).ToList();
        if (missing.Count > 0 && Environment.GetEnvironmentVariable("CI") != "true") Skip = $"not on this machine: {string.Join(", ", missing)}";
    }
}
