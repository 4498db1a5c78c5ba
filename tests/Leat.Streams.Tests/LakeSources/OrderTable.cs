using Leat.Core;
using Leat.Lake;

namespace Leat.Streams.Tests.LakeSources;

/// <summary>Tables of <see cref="TableRow"/> and rows for them.</summary>
internal static class OrderTable
{
    public const string Name = "raw.orders";

    public static Schema Schema { get; } = Schema.Of(("cost", DataType.Decimal(10, 2)), ("id", DataType.Int64), ("at", DataType.Timestamp), ("name", DataType.Text), ("unused", DataType.Float64));

    public static ValueTask<ILakeTable> CreateAsync(ILakeCatalog lake) => lake.CreateAsync(Name, Schema, [], default);

    /// <summary>Row of number n: at second n, with a name longer than fits a view, and a cost but for every third.</summary>
    public static object?[] Row(long id) => [id % 3 == 0 ? null : id + 0.25m, id, Clicks.Zero.AddSeconds(id), NameOf(id), 1.5];

    public static string NameOf(long id) => $"the name of number {id % 5}";

    /// <summary>The row as jobs write it.</summary>
    public static string Shown(long id) => $"{id}|{NameOf(id)}|{(id % 3 == 0 ? "none" : $"{id}.25")}";

    public static async Task AppendAsync(ILakeTable table, IEnumerable<long> ids) => await table.AppendAsync(Batches(ids), null, default);

    public static async Task ReplaceAsync(ILakeTable table, IEnumerable<long> ids) => await table.CommitAsync(new LakeCommit(await table.StageAsync(Batches(ids), default), []) { Replace = true }, default);

    public static async IAsyncEnumerable<Batch> Batches(IEnumerable<long> ids)
    {
        using var builder = new BatchBuilder(Schema);
        foreach (var id in ids) builder.AppendRow(Row(id));
        if (builder.RowCount > 0) yield return builder.Build();
        await Task.CompletedTask;
    }
}
