namespace Leat.Bench.Nexmark;

/// <summary>Files in a folder of their own; the disposal ends them and takes the folder away.</summary>
internal sealed class TemporaryCsvFiles : IDisposable
{
    private readonly string _folder;
    private readonly CsvFiles _files;

    public TemporaryCsvFiles()
    {
        _folder = Directory.CreateTempSubdirectory("leat-nexmark-").FullName;
        _files = new CsvFiles(_folder);
    }

    public void Write(in Q10Row row) => _files.Write(row);

    public void Dispose()
    {
        _files.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
