using System.Collections.Concurrent;
using Leat.Core;
using Leat.Lake.Engine;
using Leat.Storage;

namespace Leat.Lake;

/// <summary>The Delta tables below one folder.</summary>
public sealed class LakeCatalog : ILakeCatalog, IDisposable
{
    private readonly ConcurrentDictionary<TableName, LakeTable> _tables = new();
    private readonly LakeEngine _engine = new();
    private readonly LakeParts _parts;
    private readonly string _folder;

    /// <param name="folder">Lake folder; need not exist.</param>
    /// <param name="time">Clock of commit times.</param>
    /// <param name="options">Settings; null = defaults.</param>
    /// <param name="disk">File operations; null = the real ones.</param>
    public LakeCatalog(string folder, TimeProvider time, LakeOptions? options = null, DurableFiles? disk = null)
    {
        _folder = Path.GetFullPath(folder);
        disk ??= new DurableFiles();
        _parts = new LakeParts(_engine, disk, new ParquetWriter(_engine, disk, options ?? new LakeOptions()), time);
    }

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct)
    {
        var names = new List<string>();
        foreach (var folder in Folders(_folder))
        {
            if (IsTable(folder)) names.Add(Path.GetFileName(folder));
            else names.AddRange(Folders(folder).Where(IsTable).Select(f => $"{Path.GetFileName(folder)}.{Path.GetFileName(f)}"));
        }
        names.Sort(StringComparer.Ordinal);
        return ValueTask.FromResult<IReadOnlyList<string>>(names);
    }

    public async ValueTask<ILakeTable?> FindAsync(string name, CancellationToken ct) => await FindTableAsync(TableName.Parse(name), ct).ConfigureAwait(false);

    public async ValueTask<ILakeTable> CreateAsync(string name, Schema schema, IReadOnlyList<string> partitionColumns, CancellationToken ct)
    {
        var table = Open(TableName.Parse(name));
        await table.CreateAsync(schema, partitionColumns, ct).ConfigureAwait(false);
        return table;
    }

    public void Dispose() => _engine.Dispose();

    internal LakeEngine Engine => _engine;

    internal async ValueTask<LakeTable?> FindTableAsync(TableName name, CancellationToken ct)
    {
        var table = Open(name);
        return Directory.Exists(table.Root) && await table.ExistsAsync(ct).ConfigureAwait(false) ? table : null;
    }

    /// <summary>A table in any folder, for reading what others wrote.</summary>
    internal LakeTable OpenAt(string name, string root) => new(name, root, _parts);

    private LakeTable Open(TableName name) => _tables.GetOrAdd(name, n => new LakeTable(n.ToString(), Path.Combine(_folder, n.Folder), _parts));

    private static IEnumerable<string> Folders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Where(f => !Path.GetFileName(f).StartsWith('.')) : [];

    private static bool IsTable(string folder) => Directory.Exists(Path.Combine(folder, "_delta_log"));
}
