using System.Text.Json;
using Leat.Conformance;

namespace Leat.Sql.Tests;

/// <summary>Runs only where the shared cases are.</summary>
public sealed class HostileCasesFactAttribute : FactAttribute
{
    public HostileCasesFactAttribute()
    {
        if (!File.Exists(HostileCases.File)) Skip = $"no {HostileCases.File}";
    }
}

internal static class HostileCases
{
    public static string File { get; } = Path.Combine(RepositoryRoot.Path, "..", "shared", "cases", "hostile_sql.json");

    public static List<(string Sql, string Expect)> Read()
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllText(File));
        return [.. json.RootElement.GetProperty("statements").EnumerateArray().Select(one => (one.GetProperty("sql").GetString()!, one.GetProperty("expect").GetString()!))];
    }
}
