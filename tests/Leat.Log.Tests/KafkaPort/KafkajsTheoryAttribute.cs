namespace Leat.Log.Tests;

/// <summary>A test that needs kafkajs: skipped, saying so, where it is not installed; failed in CI.</summary>
internal sealed class KafkajsTheoryAttribute : TheoryAttribute
{
    public KafkajsTheoryAttribute()
    {
        if (!KafkajsTests.IsInstalled && Environment.GetEnvironmentVariable("CI") != "true") Skip = "kafkajs is not installed: npm ci in tests/kafkajs";
    }
}
