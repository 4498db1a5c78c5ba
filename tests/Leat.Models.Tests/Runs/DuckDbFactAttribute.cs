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

    public DuckDbFactAttribute() => Skip = Missing.Value;
}
