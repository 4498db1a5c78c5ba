using Leat.Conformance;
using Leat.Core;
using Leat.Ingest.Files;
using Leat.Lake;

namespace Leat.Ingest.Tests.Files;

public sealed class FileLoadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LakeCatalog _lake;
    private readonly FileLoad _load;

    public FileLoadTests()
    {
        _lake = new LakeCatalog(Path.Combine(_folder.Path, ".leat/lake"), TimeProvider.System);
        _load = new FileLoad(new LeatProject(_folder.Path, "p", "dev", Path.Combine(_folder.Path, ".leat")), _lake);
    }

    public void Dispose()
    {
        _load.Dispose();
        _lake.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Given_csv_files_When_loaded_twice_Then_only_new_and_changed_ones_are_added()
    {
        _folder.Write("data/a.csv", "id,Customer Name\n007,x\n2,\"y, z\"\n");
        Assert.Equal(new FileLoadResult(1, 2), await _load.RunAsync(Source(), "l1", default));
        Assert.Equal(new FileLoadResult(0, 0), await _load.RunAsync(Source(), "l2", default));
        _folder.Write("data/b.csv", "Customer Name,id\nq,3\n");

        Assert.Equal(new FileLoadResult(1, 1), await _load.RunAsync(Source(), "l3", default));

        Assert.Equal(["007|x|l1|data/a.csv|2", "2|y, z|l1|data/a.csv|3", "3|q|l3|data/b.csv|2"], await ReadAsync());
    }

    [Fact]
    public async Task Given_replace_When_a_file_goes_Then_the_table_holds_the_present_files_only()
    {
        _folder.Write("data/a.csv", "id\n1\n");
        var b = _folder.Write("data/b.csv", "id\n2\n");
        var source = Source() with { Mode = LoadMode.Replace };
        Assert.Equal(new FileLoadResult(2, 2), await _load.RunAsync(source, "l1", default));
        Assert.Equal(new FileLoadResult(0, 0), await _load.RunAsync(source, "l2", default));
        File.Delete(b);

        Assert.Equal(new FileLoadResult(1, 1), await _load.RunAsync(source, "l3", default));
        _folder.Write("data/b.csv", "id\n2\n");
        Assert.Equal(new FileLoadResult(2, 2), await _load.RunAsync(source, "l4", default));

        Assert.Equal(["1|l4|data/a.csv|2", "2|l4|data/b.csv|2"], await ReadAsync());
    }

    [Fact]
    public async Task Given_types_When_loaded_Then_columns_have_them_and_a_value_that_does_not_fit_names_the_file()
    {
        var source = Source() with { Types = Source().Types.Add("amount", DataType.Decimal(9, 2)) };
        _folder.Write("data/a.csv", "id,amount\n1,2.5\n");
        await _load.RunAsync(source, "l", default);
        Assert.Equal("(id VARCHAR, amount DECIMAL(9,2), _load_id VARCHAR, _file VARCHAR, _line BIGINT)", (await (await _lake.FindAsync("raw.f", default))!.SnapshotAsync(null, default)).Schema.ToString());
        _folder.Write("data/b.csv", "id,amount\n1,lots\n");

        var error = await Assert.ThrowsAsync<LeatException>(() => _load.RunAsync(source, "l", default));

        Assert.Equal(("LEAT3209", "data/b.csv"), (error.Code, error.Where));
        Assert.Equal(["1|2.50|l|data/a.csv|2"], await ReadAsync());
    }

    [Fact]
    public async Task Given_a_file_with_another_column_When_loaded_Then_LEAT3214_names_it()
    {
        _folder.Write("data/a.csv", "id\n1\n");
        await _load.RunAsync(Source(), "l", default);
        _folder.Write("data/b.csv", "id,extra\n1,2\n");

        var error = await Assert.ThrowsAsync<LeatException>(() => _load.RunAsync(Source(), "l", default));

        Assert.Equal("LEAT3214", error.Code);
        Assert.Contains("extra", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_ndjson_When_loaded_Then_each_object_is_kept_whole()
    {
        _folder.Write("data/a.ndjson", "{\"a\": 1.50}\n{\"b\":[]}\n");

        await _load.RunAsync(Source() with { Path = "data/*.ndjson", Format = FileFormat.Ndjson }, "l", default);

        Assert.Equal(["{\"a\": 1.50}|l|data/a.ndjson|1", "{\"b\":[]}|l|data/a.ndjson|2"], await ReadAsync());
    }

    [Fact]
    public async Task Given_no_folder_When_loaded_Then_LEAT3208_names_it()
    {
        var error = await Assert.ThrowsAsync<LeatException>(() => _load.RunAsync(Source() with { Path = "nowhere/*.csv" }, "l", default));

        Assert.Equal("LEAT3208", error.Code);
    }

    private static SourceDefinition.Files Source() => new("f", "sources/x.yml:1:1", "data/*.csv", FileFormat.Csv, "raw.f", LoadMode.Append, System.Collections.Immutable.ImmutableDictionary<string, DataType>.Empty);

    private async Task<List<string>> ReadAsync()
    {
        var table = (await _lake.FindAsync("raw.f", default))!;
        var rows = new List<string>();
        await foreach (var batch in table.ReadAsync(await table.SnapshotAsync(null, default), default))
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) rows.Add(string.Join('|', Enumerable.Range(0, batch.ColumnCount).Select(c => batch[c].GetValue(row))));
        }
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
