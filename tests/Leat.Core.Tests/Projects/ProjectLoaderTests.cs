using System.Collections;
using Leat.Conformance;

namespace Leat.Core.Tests;

public sealed class ProjectLoaderTests : IDisposable
{
    private const string Shop = """
        name: shop
        data_folder: state
        server: {host: 127.0.0.1, port: 4310}
        log:
          kafka_port: 9092
          topics:
            ad-events_x: {partitions: 4}
        streams:
          workers: 2
          tags: [a, b, c]
        targets:
          prod:
            data_folder: /var/leat
            log: {kafka_port: 19092}
            streams: {tags: [z]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Given_a_project_When_loaded_Then_names_folders_and_settings()
    {
        var loaded = Load(Shop);

        Assert.Equal(("shop", "dev", Path.Combine(_folder.Path, "state")), (loaded.Project.Name, loaded.Project.Target, loaded.Project.DataFolder));
        Assert.Equal("9092", loaded.Configuration["Leat:Log:KafkaPort"]);
        Assert.Equal("4", loaded.Configuration["Leat:Log:Topics:ad-events_x:Partitions"]);
        Assert.Equal("b", loaded.Configuration["Leat:Streams:Tags:1"]);
    }

    [Fact]
    public void Given_a_target_When_loaded_Then_its_settings_win_and_its_lists_replace()
    {
        var loaded = Load(Shop, "prod");

        Assert.Equal("/var/leat", loaded.Project.DataFolder);
        Assert.Equal("19092", loaded.Configuration["Leat:Log:KafkaPort"]);
        Assert.Equal("2", loaded.Configuration["Leat:Streams:Workers"]);
        Assert.Equal("z", loaded.Configuration["Leat:Streams:Tags:0"]);
        Assert.Null(loaded.Configuration["Leat:Streams:Tags:1"]);
    }

    [Theory]
    [InlineData("LEAT__LOG__KAFKA_PORT")]
    [InlineData("LEAT__LOG__KAFKAPORT")]
    public void Given_an_environment_variable_When_loaded_Then_it_wins_over_the_target(string name) =>
        Assert.Equal("1", Load(Shop, "prod", new Hashtable { [name] = "1" }).Configuration["Leat:Log:KafkaPort"]);

    [Fact]
    public void Given_an_unknown_target_When_loaded_Then_the_nearest_is_offered()
    {
        var error = Assert.Throws<LeatException>(() => Load(Shop, "prd"));

        Assert.Equal("LEAT1005", error.Code);
        Assert.Contains("--target prod", error.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_misspelt_key_When_loaded_Then_place_and_nearest()
    {
        var error = Assert.Throws<LeatException>(() => Load("name: x\nsevrer: {}\n"));

        Assert.Equal(("LEAT1003", "leat.yml:2:1"), (error.Code, error.Where));
        Assert.Contains("'server'", error.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_misspelt_key_in_a_target_When_loaded_Then_its_place() =>
        Assert.Equal("leat.yml:3:10", Assert.Throws<LeatException>(() => Load("name: x\ntargets:\n  dev:  {lgo: {}}\n")).Where);

    [Fact]
    public void Given_broken_yaml_When_loaded_Then_LEAT1002_with_line_and_column()
    {
        var error = Assert.Throws<LeatException>(() => Load("name: x\n  port: 3\n"));

        Assert.Equal("LEAT1002", error.Code);
        Assert.StartsWith("leat.yml:2:", error.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_only_a_dbt_project_When_loaded_Then_its_name_and_the_default_data_folder()
    {
        _folder.Write("dbt_project.yml", "name: jaffle_shop\nversion: '1.0'\nprofile: x\n");

        var project = ProjectLoader.Load(_folder.Path).Project;

        Assert.Equal(("jaffle_shop", Path.Combine(_folder.Path, ".leat")), (project.Name, project.DataFolder));
    }

    [Fact]
    public void Given_an_empty_folder_When_loaded_Then_LEAT1001_offers_both_ways_out()
    {
        var error = Assert.Throws<LeatException>(() => ProjectLoader.Load(_folder.Path));

        Assert.Equal("LEAT1001", error.Code);
        Assert.Contains("leat new", error.Todo, StringComparison.Ordinal);
        Assert.Contains("--project", error.Todo, StringComparison.Ordinal);
    }

    private LoadedProject Load(string yaml, string? target = null, IDictionary? environment = null)
    {
        _folder.Write("leat.yml", yaml);
        return ProjectLoader.Load(_folder.Path, target, environment ?? new Hashtable());
    }
}
