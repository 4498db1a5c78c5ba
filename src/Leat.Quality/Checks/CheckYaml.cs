using System.Globalization;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Checks written in <c>checks/*.yml</c>.</summary>
internal static class CheckYaml
{
    private static readonly string[] Common = ["name", "dataset", "kind", "severity"];

    /// <summary>All checks of a project, in order of files and lines.</summary>
    /// <exception cref="LeatException">LEAT1002-1006 for the file; LEAT1312 for a check that cannot be used.</exception>
    public static IReadOnlyList<CheckDefinition> ReadAll(string projectRoot)
    {
        var folder = Path.Combine(projectRoot, "checks");
        if (!Directory.Exists(folder)) return [];
        var checks = new List<CheckDefinition>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.yml").Concat(Directory.EnumerateFiles(folder, "*.yaml")).Order(StringComparer.Ordinal))
        {
            foreach (var check in Read(YamlFile.Read(path, Path.GetRelativePath(projectRoot, path))))
            {
                if (checks.Find(known => known.Name == check.Name) is { } twice)
                {
                    throw new LeatException("LEAT1312", $"check '{check.Name}' is declared twice; the first is at {twice.DeclaredAt}", check.DeclaredAt, "rename one of them");
                }
                checks.Add(check);
            }
        }
        return checks;
    }

    /// <summary>The checks of one file.</summary>
    public static IEnumerable<CheckDefinition> Read(YamlMap file)
    {
        file.AllowOnly("checks");
        return file.GetMaps("checks").Select(ReadCheck);
    }

    private static CheckDefinition ReadCheck(YamlMap check)
    {
        var name = check.GetText("name");
        var kind = check.GetChoice("kind", check.Has("sql") ? CheckKind.Sql : check.Has("expression") ? CheckKind.Expression : CheckKind.RowCount);
        var severity = check.GetChoice("severity", CheckSeverity.Error);
        check.AllowOnly([.. Common, .. Keys(kind)]);
        var dataset = kind is CheckKind.Sql ? check.GetText("dataset", "") : Relation(check, "dataset");
        var (statement, least, most) = kind switch
        {
            CheckKind.RowCount => ($"SELECT count(*) FROM {dataset}", Bound(check, "min") ?? (check.Has("max") ? null : 1), Bound(check, "max")),
            CheckKind.Freshness => Freshness(check, dataset),
            CheckKind.Expression => ($"SELECT count(*) FROM {dataset} WHERE NOT coalesce(({check.GetText("expression")}), true)", null, Tolerance(check)),
            _ => ($"SELECT count(*) FROM ({check.GetText("sql").TrimEnd(' ', '\n', ';')}\n) AS failing", null, Tolerance(check)),
        };
        return new CheckDefinition(name, dataset, kind, severity, statement, least, most, check.Place);
    }

    private static string[] Keys(CheckKind kind) => kind switch
    {
        CheckKind.RowCount => ["min", "max"],
        CheckKind.Freshness => ["column", "max_age"],
        CheckKind.Expression => ["expression", "tolerance"],
        _ => ["sql", "tolerance"],
    };

    private static (string, decimal?, decimal?) Freshness(YamlMap check, string dataset)
    {
        if (check.FindDuration("max_age") is not { } age) throw check.Wrong("max_age", "'max_age' is missing; a freshness check needs it", "add max_age: 24h", "LEAT1312");
        // The clock is Leat's, not the engine's: the newest value comes back as milliseconds and is compared here.
        return ($"SELECT epoch_ms(CAST(max({Relation(check, "column")}) AS TIMESTAMP)) FROM {dataset}", null, (decimal)age.TotalSeconds);
    }

    private static decimal? Bound(YamlMap check, string key)
    {
        if (check.FindText(key) is not { } text) return null;
        return decimal.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bound)
            ? bound
            : throw check.Wrong(key, $"'{key}' is '{text}'; it must be a number", $"write {key}: 1", "LEAT1312");
    }

    private static decimal Tolerance(YamlMap check) => check.GetInteger("tolerance", 0, 0);

    private static string Relation(YamlMap check, string key)
    {
        var text = check.GetText(key);
        return text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '"' or '-' or '$')
            ? text
            : throw check.Wrong(key, $"'{key}' is '{text}'; it must be a name such as marts.orders", "for a SELECT use kind: sql", "LEAT1312");
    }
}
