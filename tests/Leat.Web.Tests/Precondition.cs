namespace Leat.Web.Tests;

/// <summary>What the browser tests need. Absent: skipped at home with the reason, failed in CI.</summary>
internal static class Precondition
{
    /// <summary>Debian's Chromium, or the one named by LEAT_CHROMIUM.</summary>
    public static string Chromium { get; } = Environment.GetEnvironmentVariable("LEAT_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>Address of a running Leat to test instead of the mock; null = the mock.</summary>
    public static string? RunningServer { get; } = Environment.GetEnvironmentVariable("LEAT_WEB_TEST_URL") is { Length: > 0 } url ? url : null;

    /// <summary>Why the tests can't run; null when they can.</summary>
    public static string? Missing { get; } = Look();

    /// <summary>The reason to skip; null in CI, where a missing precondition fails.</summary>
    public static string? Skip => Environment.GetEnvironmentVariable("CI") == "true" ? null : Missing;

    private static string? Look()
    {
        if (!File.Exists(Chromium)) return $"no browser at {Chromium}: apt-get install chromium, or set LEAT_CHROMIUM";
        if (RunningServer is not null) return null;
        if (!File.Exists(Path.Combine(Repository.Web, "dist", "index.html"))) return "web/dist is not built: npm ci && npm run build in web/";
        return null;
    }
}
