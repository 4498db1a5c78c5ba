using Leat.Conformance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Core.Tests;

public sealed class AddLeatCoreTests
{
    [Fact]
    public async Task Given_a_project_When_core_is_added_Then_every_joint_resolves()
    {
        using var folder = new TemporaryFolder();
        var project = new LeatProject(folder.Path, "x", "dev", Path.Combine(folder.Path, ".leat"));
        await using var services = new ServiceCollection().AddLogging().AddLeatCore(project, new ConfigurationBuilder().Build()).BuildServiceProvider(validateScopes: true);

        Assert.Same(project, services.GetRequiredService<LeatProject>());
        Assert.Same(TimeProvider.System, services.GetRequiredService<TimeProvider>());
        Assert.NotNull(services.GetRequiredService<IRunEvents>());
        Assert.NotNull(services.GetRequiredService<ISecrets>());
        Assert.Equal("log", Assert.Single(services.GetServices<INotifier>()).Channel);
        await services.GetRequiredService<IMetaStore>().MigrateAsync(new MetaSchema("t", ["CREATE TABLE t_t (a INTEGER)"]), CancellationToken.None);
        Assert.True(File.Exists(project.MetaFile));
    }

    [Fact]
    public void Given_a_project_folder_When_no_one_writes_Then_the_data_folder_is_not_made()
    {
        using var folder = new TemporaryFolder();
        var project = new LeatProject(folder.Path, "x", "dev", Path.Combine(folder.Path, ".leat"));
        using var services = new ServiceCollection().AddLogging().AddLeatCore(project, new ConfigurationBuilder().Build()).BuildServiceProvider();

        _ = services.GetRequiredService<IRunEvents>();

        Assert.False(Directory.Exists(project.DataFolder));
    }
}
