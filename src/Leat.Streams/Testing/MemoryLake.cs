using System.Collections.Concurrent;
using Leat.Core;
using Leat.Lake;

namespace Leat.Streams.Testing;

/// <summary>Lake tables in memory with the promises of real ones: staged rows are invisible, a transaction commits once. Outlives the kills of a test. Thread-safe.</summary>
public sealed class MemoryLake : ILakeCatalog
{
    private readonly ConcurrentDictionary<string, MemoryLakeTable> _tables = new(StringComparer.Ordinal);

    /// <summary>The tables, by name.</summary>
    public IEnumerable<MemoryLakeTable> Tables => _tables.Values.OrderBy(t => t.Name, StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<string>>([.. _tables.Keys.Order(StringComparer.Ordinal)]);

    public ValueTask<ILakeTable?> FindAsync(string name, CancellationToken ct) => ValueTask.FromResult<ILakeTable?>(_tables.GetValueOrDefault(name));

    public ValueTask<ILakeTable> CreateAsync(string name, Schema schema, IReadOnlyList<string> partitionColumns, CancellationToken ct)
    {
        var table = _tables.GetOrAdd(name, _ => new MemoryLakeTable(name, schema));
        if (!table.Schema.Equals(schema)) throw StreamErrors.LakeSchema(name, table.Schema.ToString(), schema.ToString(), "test");
        return ValueTask.FromResult<ILakeTable>(table);
    }
}
