using System.Text.Json;
using Leat.Models.Jinja;

namespace Leat.Models.Tests.Jinja;

/// <summary>The rendered expectations of ../shared/cases/jinja, made with CPython's jinja2.</summary>
internal static class GoldenCases
{
    public const string File = "cases/jinja/jinja_golden.json";

    public static IEnumerable<(int Id, JsonElement Case)> All()
    {
        var path = SharedFolder.Find(File);
        if (path is null) yield break;
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        foreach (var item in document.RootElement.GetProperty("cases").EnumerateArray()) yield return (item.GetProperty("id").GetInt32(), item.Clone());
    }

    /// <summary>Null when the case renders (or fails) as expected, else what came instead.</summary>
    public static string? Check(JsonElement item)
    {
        var template = item.GetProperty("template").GetString()!;
        var (expected, isError) = item.TryGetProperty("expected", out var text)
            ? (text.GetString()!, false)
            : ($"{item.GetProperty("error").GetString()}: {item.GetProperty("message").GetString()}", true);
        string actual;
        try
        {
            actual = Render(template, item.GetProperty("context").GetRawText());
        }
        catch (JinjaError error)
        {
            actual = $"{error.Kind}: {error.Message}";
            if (isError && error.Place is null) actual += " (without a place)";
        }
        return actual == expected ? null : $"{template}\n  expected {expected}\n  actual   {actual}";
    }

    private static string Render(string template, string context)
    {
        var names = BaseNames.Create(TimeProvider.System, (_, _) => { });
        var vars = PyDict.Of(("a", 1L), ("l", new PyList([1L, 2L])));
        names["var"] = new PyFunction("var", a => vars.TryGet(a.Get(0, "name"), out var value) ? value : a.Get(1, "default"));
        names["run_started_at"] = DateTimeModule.Utc(new DateTimeOffset(2024, 2, 3, 4, 5, 6, 789, TimeSpan.Zero));
        foreach (var (key, value) in (PyDict)PyJson.Read(context)!) names[(string)key!] = value;
        var source = new SourceText("case.sql", template);
        var compiled = new StatementCompiler(source).CompileAll(StatementParser.Parse(source));
        var output = new RenderOutput();
        compiled(new Scope(names), output);
        return output.Text.ToString();
    }
}
