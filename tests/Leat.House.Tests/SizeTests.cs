namespace Leat.House.Tests;

/// <summary>Sizes of files and functions (CONTRIBUTING, "Size"). Exceptions stand in size-exceptions.txt with reason and owner.</summary>
public sealed class SizeTests
{
    private const int FileStop = 500;
    private const int FunctionStop = 80;
    private const int MaxParameters = 5;
    private static readonly Lazy<(List<SourceSizes.SourceFile> Files, List<SourceSizes.Function> Functions)> Measured =
        new(() => SourceSizes.Measure(Repository.Sources("src").Concat(Repository.Sources("bench")).Concat(Repository.Sources("examples"))));

    private static readonly Lazy<HashSet<string>> Exceptions = new(() => ReadExceptions().Select(e => e.Place).ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void Given_all_source_files_When_measured_Then_none_is_longer_than_500_lines()
        => AssertNone(Measured.Value.Files.Where(f => f.Lines > FileStop).Select(f => (f.File, $"{f.Lines} lines")));

    [Fact]
    public void Given_all_source_files_When_measured_Then_the_median_is_at_most_80_and_the_95th_percentile_at_most_350()
    {
        var lines = Measured.Value.Files.Select(f => f.Lines).Order().ToList();
        Assert.True(lines[lines.Count / 2] <= 80, $"median file has {lines[lines.Count / 2]} lines");
        Assert.True(lines[(int)(lines.Count * 0.95)] <= 350, $"95th percentile file has {lines[(int)(lines.Count * 0.95)]} lines");
    }

    [Fact]
    public void Given_all_functions_When_measured_Then_none_is_longer_than_80_lines()
        => AssertNone(Measured.Value.Functions.Where(f => f.Lines > FunctionStop).Select(f => ($"{f.File}:{f.Name}", $"{f.Lines} lines")));

    [Fact]
    public void Given_all_functions_When_measured_Then_the_median_is_at_most_10_and_the_95th_percentile_at_most_40()
    {
        var lines = Measured.Value.Functions.Select(f => f.Lines).Order().ToList();
        Assert.True(lines[lines.Count / 2] <= 10, $"median function has {lines[lines.Count / 2]} lines");
        Assert.True(lines[(int)(lines.Count * 0.95)] <= 40, $"95th percentile function has {lines[(int)(lines.Count * 0.95)]} lines");
    }

    [Fact]
    public void Given_all_functions_When_measured_Then_none_takes_more_than_5_parameters_beside_records()
        => AssertNone(Measured.Value.Functions.Where(f => f.Parameters > MaxParameters).Select(f => ($"{f.File}:{f.Name}", $"{f.Parameters} parameters")));

    [Fact]
    public void Given_all_source_files_When_measured_Then_each_declares_one_type_or_a_closed_family()
        => AssertNone(Measured.Value.Files.Where(f => f.TopLevelTypes > 1 && !f.IsClosedFamily).Select(f => (f.File, $"{f.TopLevelTypes} types")));

    [Fact]
    public void Given_the_exceptions_When_read_Then_each_names_an_existing_file_a_reason_and_an_owner()
    {
        foreach (var (place, reason, owner) in ReadExceptions())
        {
            Assert.True(File.Exists(Path.Combine(Repository.Root, place.Split(':')[0])), $"{place} does not exist any more: take it off the list");
            Assert.True(reason.Length > 10 && owner.Length > 2, $"{place} needs a reason and an owner");
        }
    }

    private static void AssertNone(IEnumerable<(string Place, string Size)> found)
    {
        var wrong = found.Where(f => !Exceptions.Value.Contains(f.Place)).Select(f => $"{f.Place} has {f.Size}").ToList();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static IEnumerable<(string Place, string Reason, string Owner)> ReadExceptions() =>
        File.ReadLines(Path.Combine(Repository.Root, "tests/Leat.House.Tests/size-exceptions.txt"))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .Select(p => (p[0], p.ElementAtOrDefault(1) ?? "", p.ElementAtOrDefault(2) ?? ""));
}
