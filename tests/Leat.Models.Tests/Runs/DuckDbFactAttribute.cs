using Leat.DuckDb;

namespace Leat.Models.Tests.Runs;

/// <summary>A test on the real engine; skipped, saying so, where its library is not installed.</summary>
public sealed class DuckDbFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(() =>
    {
        try
        {
            using var database = DuckDbDatabase.Open();
            return null;
        }
        catch (Exception error) when (error is Core.LeatException or DllNotFoundException)
        {
            return "libduckdb is not installed: npm ci in native/";
        }
    });

    /// <param name="shared">Path below ../shared that the test needs too; null = none.</param>
    public DuckDbFactAttribute(string? shared = null) => Skip = Missing.Value ?? (shared is not null && SharedFolder.Find(shared) is null ? $"../shared/{shared} is absent" : null);
}
