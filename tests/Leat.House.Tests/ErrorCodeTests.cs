using System.Text.RegularExpressions;

namespace Leat.House.Tests;

/// <summary>Every code that the program can print is explained in docs/errors.</summary>
public sealed partial class ErrorCodeTests
{
    [Fact]
    public void Given_all_codes_in_the_sources_When_looked_up_Then_each_has_a_row_with_meaning_and_remedy()
    {
        var explained = Rows().Select(r => r.Code).ToHashSet(StringComparer.Ordinal);
        var missing = CodesInSources().Where(c => !explained.Contains(c.Code)).Select(c => $"{c.Code} ({c.File})").Distinct().ToList();
        Assert.True(missing.Count == 0, "no row in docs/errors for " + string.Join(", ", missing));
    }

    [Fact]
    public void Given_all_rows_in_the_docs_When_looked_up_Then_each_code_stands_once_and_is_used()
    {
        var rows = Rows().ToList();
        var twice = rows.GroupBy(r => r.Code).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        Assert.True(twice.Count == 0, "explained twice: " + string.Join(", ", twice));
        var used = CodesInSources().Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        var unused = rows.Where(r => !used.Contains(r.Code)).Select(r => r.Code).ToList();
        Assert.True(unused.Count == 0, "explained but never used: " + string.Join(", ", unused));
    }

    [Fact]
    public void Given_all_rows_in_the_docs_When_read_Then_meaning_and_remedy_are_there()
        => Assert.All(Rows(), row => Assert.True(row.Meaning.Length > 5 && row.Remedy.Length > 5, $"{row.Code} needs a meaning and a remedy"));

    private static IEnumerable<(string Code, string File)> CodesInSources() =>
        from file in Repository.Sources("src").Concat(Repository.Sources("examples")).Concat(Repository.Sources("bench"))
        from Match match in Quoted().Matches(File.ReadAllText(file))
        select (match.Groups[1].Value, Repository.Relative(file));

    private static IEnumerable<(string Code, string Meaning, string Remedy)> Rows() =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/errors"), "*.md")
        from line in File.ReadLines(file)
        let match = Row().Match(line)
        where match.Success
        select (match.Groups[1].Value, match.Groups[2].Value.Trim(), match.Groups[3].Value.Trim());

    [GeneratedRegex("\"(LEAT\\d{4})\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\|\s*(LEAT\d{4})\s*\|([^|]*)\|(.*)\|\s*$")]
    private static partial Regex Row();
}
