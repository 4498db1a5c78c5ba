namespace Leat.House.Tests;

/// <summary>What every room owes its readers.</summary>
public sealed class RoomTests
{
    public static TheoryData<string> Rooms() => [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).OfType<string>().Where(r => File.Exists(Path.Combine(Repository.Root, "src", r, r + ".csproj")))];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Given_a_room_When_its_readme_is_read_Then_it_is_short_and_says_where_to_open(string room)
    {
        var path = Path.Combine(Repository.Root, "src", room, "README.md");
        Assert.True(File.Exists(path), $"{room} has no README.md");
        var lines = File.ReadAllLines(path);
        Assert.InRange(lines.Length, 12, 45);
        Assert.Contains(lines, l => l.Contains("I want to", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Given_a_room_When_its_folders_are_read_Then_they_are_features_and_at_most_two_deep(string room)
    {
        string[] kinds = ["Interfaces", "Helpers", "Utils", "Utilities", "Common", "Impl", "Managers", "Exceptions", "Extensions"];
        var root = Path.Combine(Repository.Root, "src", room);
        var folders = Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Select(d => Path.GetRelativePath(root, d)).Where(d => !d.StartsWith("obj", StringComparison.Ordinal) && !d.StartsWith("bin", StringComparison.Ordinal) && !d.StartsWith("Templates", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(folders, f => kinds.Contains(Path.GetFileName(f)));
        Assert.DoesNotContain(folders, f => f.Split(Path.DirectorySeparatorChar).Length > 2);
    }

    [Fact]
    public void Given_all_sources_When_read_Then_no_type_is_named_after_what_it_is_not()
    {
        string[] endings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Impl"];
        var wrong = Repository.Sources("src").Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal))).ToList();
        Assert.True(wrong.Count == 0, string.Join(", ", wrong));
    }

    [Fact]
    public void Given_all_sources_When_read_Then_there_is_no_region_and_no_bare_exception()
    {
        var wrong = from file in Repository.Sources("src").Concat(Repository.Sources("examples")).Concat(Repository.Sources("bench"))
                    from line in File.ReadLines(file).Select((text, index) => (text, index))
                    where line.text.TrimStart().StartsWith("#region", StringComparison.Ordinal) || line.text.Contains("throw new Exception(", StringComparison.Ordinal) || line.text.Contains("NotImplementedException", StringComparison.Ordinal)
                    select $"{Repository.Relative(file)}:{line.index + 1}";
        Assert.Empty(wrong);
    }
}
