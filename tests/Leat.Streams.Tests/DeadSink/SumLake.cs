using System.Collections.Concurrent;
using Leat.Core;
using Leat.Lake;

namespace Leat.Streams.Tests;

/// <summary>A lake of <see cref="SumTable"/>s.</summary>
/// <param name="column">The column that is summed.</param>
/// <param name="beforeCommit">Called before each commit; waits or throws as long as the lake is away.</param>
internal sealed class SumLake(string column, Func<CancellationToken, Task> beforeCommit) : ILakeCatalog
{
    private readonly ConcurrentDictionary<string, SumTable> _tables = new(StringComparer.Ordinal);

    public long Sum => _tables.Values.Sum(t => t.Sum);

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<string>>([.. _tables.Keys]);

    public ValueTask<ILakeTable?> FindAsync(string name, CancellationToken ct) => ValueTask.FromResult<ILakeTable?>(_tables.GetValueOrDefault(name));

    public ValueTask<ILakeTable> CreateAsync(string name, Schema schema, IReadOnlyList<string> partitionColumns, CancellationToken ct) =>
        ValueTask.FromResult<ILakeTable>(_tables.GetOrAdd(name, _ => new SumTable(name, schema, column, beforeCommit)));
}
