using System.Xml.Linq;

namespace Leat.House.Tests;

/// <summary>The arrows between rooms, as docs/ARCHITECTURE draws them.</summary>
public sealed class ReferenceArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Leat.Core"] = [],
        ["Leat.DuckDb"] = ["Core"],
        ["Leat.Sql"] = ["Core", "DuckDb"],
        ["Leat.Storage"] = ["Core"],
        ["Leat.Log"] = ["Core", "Storage"],
        ["Leat.Lake"] = ["Core", "DuckDb", "Sql", "Storage"],
        ["Leat.Ingest"] = ["Core", "DuckDb", "Sql", "Storage", "Log", "Lake"],
        ["Leat.Streams"] = ["Core", "Storage", "Log", "Lake"],
        ["Leat.Streams.Generators"] = [],
        ["Leat.Models"] = ["Core", "Sql", "Lake"],
        ["Leat.Quality"] = ["Core", "Sql"],
        ["Leat.Flows"] = ["Core"],
        ["Leat.Catalog"] = ["Core", "Sql"],
        ["Leat.Learn"] = ["Core", "DuckDb", "Sql"],
        ["Leat.Ads"] = ["Core", "DuckDb", "Lake", "Streams", "Learn"],
        ["Leat.Serve"] = ["Core", "DuckDb", "Sql", "Storage", "Log", "Lake", "Ingest", "Streams", "Models", "Quality", "Flows", "Catalog", "Learn", "Ads"],
    };

    public static TheoryData<string> Rooms() => [.. RoomNames()];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Given_a_room_When_its_project_references_are_read_Then_each_is_an_allowed_arrow(string room)
    {
        if (room == "Leat.Host") return;
        Assert.True(Allowed.TryGetValue(room, out var allowed), $"{room} is not a room of the house; add it to the table of rooms first");
        var wrong = References(room).Except(allowed.Select(a => "Leat." + a)).ToList();
        Assert.True(wrong.Count == 0, $"{room} may not reference {string.Join(", ", wrong)}");
    }

    [Fact]
    public void Given_all_rooms_When_references_are_followed_Then_only_the_host_knows_the_host()
    {
        var knowing = RoomNames().Where(room => References(room).Contains("Leat.Host"));
        Assert.Empty(knowing);
    }

    private static IEnumerable<string> RoomNames() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).SelectMany(room => Directory.EnumerateFiles(room, "*.csproj")).Select(f => Path.GetFileNameWithoutExtension(f));

    private static IEnumerable<string> References(string room) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", room, room + ".csproj")).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
}
