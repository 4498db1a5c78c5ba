using System.Xml.Linq;

namespace Leat.House.Tests;

/// <summary>The solution holds every project, so that building it builds everything.</summary>
public sealed class SolutionTests
{
    [Fact]
    public void Given_all_project_files_When_the_solution_is_read_Then_it_names_each()
    {
        string[] folders = ["src", "tests", "bench", "examples"];
        var onDisk = folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.csproj", SearchOption.AllDirectories))
            .Select(Repository.Relative).Where(f => !f.Contains("/Templates/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var named = XDocument.Load(Path.Combine(Repository.Root, "Leat.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(onDisk, named);
    }
}
