namespace Leat.Web.Tests;

/// <summary>A test that needs a browser and the built page.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Precondition.Skip;
}

/// <summary>A browser test that counts on the mock's rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MockFactAttribute : FactAttribute
{
    public MockFactAttribute() => Skip = Precondition.Skip ?? (Precondition.RunningServer is null ? null : "counts on the mock, LEAT_WEB_TEST_URL is set");
}

/// <summary>A browser test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Precondition.Skip;
}
