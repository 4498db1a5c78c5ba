using Leat.Core;
using Leat.Models.Tests.Runs;

namespace Leat.Models.Tests.Projects;

public sealed class StorefrontTests
{
    [DuckDbFact]
    public async Task Given_the_storefronts_models_When_built_twice_Then_facts_and_marts_agree_with_the_lines()
    {
        using var project = new TestProject();
        Copy(Path.Combine(RepositoryRoot(), "examples/storefront"), project.Root);
        project.Execute("""
            create schema fake_lake;
            create table fake_lake.raw__sales as select *, 0::bigint as _partition, row_number() over () as _offset from (values
              ('e1', 'A1', 'P1', ' Mug ', '2', '2024-01-01 10:00:30', '1.250', 'C1', 'UK'),
              ('e2', 'A1', 'P2', '', '1', '2024-01-01 10:00:45', '10.100', '', 'UK'),
              ('e3', 'CA2', 'P1', 'Mug', '-1', '2024-01-02 09:00:00', '1.250', 'C1', 'France'))
              t(event_id, invoice_no, stock_code, description, quantity, invoice_date, unit_price, customer_id, country)
            """);
        await Build(project);
        project.Execute("insert into fake_lake.raw__sales values ('e4', 'A3', 'P3', 'Lamp', '1', '2024-01-03 08:00:00', '99.999', 'C2', 'UK', 0, 4), ('e4', 'A3', 'P3', 'Lamp', '1', '2024-01-03 08:00:00', '99.999', 'C2', 'UK', 0, 5)");
        await Build(project);
        Assert.Equal(["4|111.349"], project.Query("select count(*), sum(amount) from fct_sales"));
        Assert.Equal(["111.349"], project.Query("select sum(revenue) from mart_revenue_per_country"));
    }

    private static async Task Build(TestProject project)
    {
        var result = await project.Run(ModelsVerb.Build);
        Assert.True(result.ExitCode == 0, string.Join('\n', result.Nodes.Where(n => n.Status is not (NodeStatus.Success or NodeStatus.Pass)).Select(n => $"{n.Name} {n.Status} {n.Message}")));
    }

    private static void Copy(string from, string to)
    {
        foreach (var pattern in new[] { "dbt_project.yml", "models", "macros", "seeds", "tests" })
        {
            var path = Path.Combine(from, pattern);
            if (File.Exists(path)) File.Copy(path, Path.Combine(to, pattern), overwrite: true);
            if (!Directory.Exists(path)) continue;
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }
        }
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "global.json"))) return folder.FullName;
        throw new LeatException("LEAT4010", "the repository's root was not found", AppContext.BaseDirectory, "run the tests from the repository");
    }
}
