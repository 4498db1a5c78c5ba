using Leat.Conformance;
using Leat.Core;

namespace Leat.Ingest.Tests.Sources;

public sealed class SourceFileTests
{
    private const string Sales = """
        sources:
          - name: sales
            kind: collector
            topic: sales
            partitions: 2
            key: invoice_no
            event_time: invoice_date
            contract:
              on_violation: quarantine
              unknown_fields: reject
              fields:
                - { name: invoice_no, type: text, required: true, pattern: "C?[0-9]+" }
                - { name: invoice_date, type: timestamp, format: "M/d/yyyy H:mm" }
                - { name: unit_price, type: "decimal(18,3)", min: -10, max: 1000.5 }
                - { name: kind, accepted: [a, b] }
            land: { table: raw.sales, every: 2s, max_mb: 8 }
        """;

    [Fact]
    public void Given_a_collector_When_read_Then_topic_contract_and_landing_are_known()
    {
        var source = Assert.IsType<SourceDefinition.Collector>(Assert.Single(Read(Sales)));

        Assert.Equal(new TopicSource("sales", 2, "invoice_no", "invoice_date"), source.Topic);
        Assert.Equal(new LandingDefinition("raw.sales", "raw.sales_quarantine", TimeSpan.FromSeconds(2), 8 << 20), source.Landing);
        Assert.Equal("sources/x.yml:2:5", source.DeclaredAt);
        var contract = source.Contract!;
        Assert.Equal(("sales", ContractPolicy.Quarantine, false), (contract.Dataset, contract.Policy, contract.AllowUnknown));
        Assert.Equal(["invoice_no VARCHAR", "invoice_date TIMESTAMP", "unit_price DECIMAL(18,3)", "kind VARCHAR"], contract.Fields.Select(f => $"{f.Name} {f.Type}"));
        Assert.Equal((true, "C?[0-9]+"), (contract.Fields[0].Required, contract.Fields[0].Pattern));
        Assert.Equal((-10m, 1000.5m), (contract.Fields[2].Min, contract.Fields[2].Max));
        Assert.Equal("a b", string.Join(' ', contract.Fields[3].Accepted!.Value));
    }

    [Fact]
    public void Given_a_files_source_When_read_Then_format_follows_from_the_name()
    {
        var source = Assert.IsType<SourceDefinition.Files>(Assert.Single(Read("sources:\n  - { name: f, kind: files, path: data/*.csv.gz, table: raw.f, mode: replace, types: { amount: 'decimal(9,2)' } }")));

        Assert.Equal((FileFormat.Csv, LoadMode.Replace, "raw.f"), (source.Format, source.Mode, source.Table));
        Assert.Equal(DataType.Decimal(9, 2), source.Types["amount"]);
    }

    [Theory]
    [InlineData("kind: collector", "kind: colector", "LEAT3201", "sources/x.yml:3:11", "'collector'")]
    [InlineData("partitions: 2", "partition: 2", "LEAT1003", "sources/x.yml:5:5", "'partitions'")]
    [InlineData("partitions: 2", "partitions: 0", "LEAT1004", "sources/x.yml:5:17", "1")]
    [InlineData("required: true", "requird: true", "LEAT1003", "sources/x.yml:12:", "'required'")]
    [InlineData("type: timestamp", "type: timestmp", "LEAT3203", "sources/x.yml:13:", "'timestamp'")]
    [InlineData("name: kind", "name: invoice_no", "LEAT3204", "sources/x.yml:15:", "keep one")]
    [InlineData("key: invoice_no", "key: invoice_nr", "LEAT3205", "sources/x.yml:6:10", "'invoice_no'")]
    [InlineData("min: -10", "min: ten", "LEAT3206", "sources/x.yml:14:", "min: 0")]
    [InlineData("min: -10", "min: 2000", "LEAT3206", "sources/x.yml:14:", "swap")]
    [InlineData("pattern: \"C?[0-9]+\"", "pattern: \"(\"", "LEAT3206", "sources/x.yml:12:", "correct it")]
    [InlineData("on_violation: quarantine", "on_violation: quarantin", "LEAT1004", "sources/x.yml:9:21", "quarantine")]
    [InlineData("every: 2s", "every: 1ms", "LEAT3206", "sources/x.yml:16:", "every: 5s")]
    public void Given_a_mistake_When_read_Then_code_place_and_remedy_are_told(string right, string wrong, string code, string place, string remedy)
    {
        Assert.Contains(right, Sales, StringComparison.Ordinal);

        var error = Assert.Throws<LeatException>(() => Read(Sales.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal(code, error.Code);
        Assert.StartsWith(place, error.Where, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_two_files_with_one_topic_When_the_folder_is_read_Then_LEAT3202_names_both_places()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sources/a.yml", "sources:\n  - { name: a, kind: collector, topic: t }\n");
        folder.Write("sources/b.yml", "sources:\n  - { name: b, kind: collector, topic: t }\n");

        var error = Assert.Throws<LeatException>(() => SourceFolder.Read(folder.Path));

        Assert.Equal(("LEAT3202", "sources/b.yml:2:5"), (error.Code, error.Where));
        Assert.Contains("sources/a.yml:2:5", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_storefront_When_its_sources_are_read_Then_every_one_is_understood()
    {
        var sources = SourceFolder.Read(Path.Combine(RepositoryRoot.Path, "examples", "storefront"));

        Assert.Contains(sources, s => s is SourceDefinition.Collector { Name: "sales", Landing.Table: "raw.sales", Contract.Fields.Length: > 5 });
    }

    private static IReadOnlyList<SourceDefinition> Read(string yaml) => SourceFile.Read(YamlFile.Parse(yaml, "sources/x.yml"));
}
