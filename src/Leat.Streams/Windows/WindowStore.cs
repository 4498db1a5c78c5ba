using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Leat.Core;
using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Windows;

/// <summary>State of one window operator: panes by window, split by key into shards that workers merge into under the shard's lock.</summary>
internal sealed class WindowStore<TKey>
{
    private readonly Func<TextArena, ImmutableArray<AggregateColumn>> _columns;
    private long _finalUpTo = long.MinValue;

    public WindowStore(KeyShape<TKey> shape, WindowSettings settings, ImmutableArray<Field> values, Func<TextArena, ImmutableArray<AggregateColumn>> columns)
    {
        Shape = shape;
        Settings = settings;
        _columns = columns;
        Schema = new Schema([.. shape.Columns, new Field("window_start", DataType.Timestamp, false), new Field("window_end", DataType.Timestamp, false), .. values]);
        Shards = [new StoreShard<TKey>()];
    }

    public KeyShape<TKey> Shape { get; }

    public WindowSettings Settings { get; }

    public Schema Schema { get; }

    public ImmutableArray<StoreShard<TKey>> Shards { get; private set; }

    public void Open(int shards) => Shards = [.. Enumerable.Range(0, (int)BitOperations.RoundUpToPowerOf2((uint)shards)).Select(_ => new StoreShard<TKey>())];

    /// <summary>Adds a worker's local rows to the panes.</summary>
    public void Merge(GroupTable<TKey> local, ImmutableArray<AggregateColumn> columns)
    {
        for (var index = 0; index < Shards.Length; index++)
        {
            var shard = Shards[index];
            lock (shard.Gate)
            {
                Pane<TKey>? pane = null;
                for (var row = 0; row < local.Count; row++)
                {
                    if (ShardOf(local.Hash(row)) != index) continue;
                    if (pane is null || pane.Start != local.Window(row)) pane = PaneOf(shard, local.Window(row));
                    MergeRow(shard, pane, local, columns, row);
                }
            }
        }
    }

    /// <summary>Closes what is final at the watermark; <paramref name="emit"/> sees each row once. Without a view the pane goes.</summary>
    public void Advance(long watermark, Action<Pane<TKey>, int>? emit, long? keep)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                List<long>? gone = null;
                foreach (var (start, pane) in shard.Panes)
                {
                    if (!Settings.IsFinal(start, watermark)) break;
                    if (!pane.IsFinal) Close(pane, emit);
                    if (keep is null || start + Settings.Size + keep <= watermark) (gone ??= []).Add(start);
                }

                foreach (var start in gone ?? [])
                {
                    shard.Panes.Remove(start, out var pane);
                    pane!.Dispose();
                }
            }
        }

        _finalUpTo = Math.Max(_finalUpTo, watermark);
    }

    /// <summary>Writes changed rows, or all, and forgets the changes; <paramref name="saved"/> sees each row.</summary>
    public void Save(StateWriter writer, bool whole, Action<Pane<TKey>, int>? saved)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                foreach (var pane in shard.Panes.Values)
                {
                    var rows = whole ? pane.Table.Count : pane.Changed.Count;
                    if (rows > 0) SavePane(writer, pane, rows, whole);
                    if (saved is not null)
                        foreach (var row in pane.Changed) saved(pane, row);
                    pane.ForgetChanges();
                }
            }
        }

        writer.Number(0);
    }

    public void Load(StateReader reader)
    {
        for (var rows = reader.Number(); rows > 0; rows = reader.Number())
        {
            var start = reader.Number();
            using var arena = new TextArena();
            for (; rows > 0; rows--)
            {
                var key = Shape.Read(reader, arena);
                var hash = KeyHash.Of(key);
                var pane = PaneOf(Shards[ShardOf(hash)], start);
                var row = pane.FindOrAdd(key, hash);
                foreach (var column in pane.Columns) column.Load(row, reader);
            }
        }
    }

    public int ShardOf(int hash) => (hash >>> 16) & (Shards.Length - 1);

    /// <summary>One row as boxed values in the order of the schema.</summary>
    public ImmutableArray<object?> Box(Pane<TKey> pane, int row)
    {
        var values = new object?[Schema.Count];
        var key = Shape.Box(pane.Table.Key(row));
        key.CopyTo(values, 0);
        var at = key.Length;
        values[at++] = TimeOf(pane.Start);
        values[at++] = TimeOf(pane.Start + Settings.Size);
        foreach (var column in pane.Columns) values[at++] = column.Read(row);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    public static DateTime TimeOf(long ticks) => new(DateTime.UnixEpoch.Ticks + ticks, DateTimeKind.Utc);

    public void Dispose()
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                foreach (var pane in shard.Panes.Values) pane.Dispose();
                shard.Panes.Clear();
            }
        }
    }

    private void SavePane(StateWriter writer, Pane<TKey> pane, int rows, bool whole)
    {
        writer.Number(rows);
        writer.Number(pane.Start);
        for (var i = 0; i < rows; i++)
        {
            var row = whole ? i : pane.Changed[i];
            Shape.Write(pane.Table.Key(row), writer);
            foreach (var column in pane.Columns) column.Write(row, writer, whole);
        }
    }

    private static void Close(Pane<TKey> pane, Action<Pane<TKey>, int>? emit)
    {
        if (emit is not null)
            for (var row = 0; row < pane.Table.Count; row++) emit(pane, row);
        pane.Close();
    }

    private static void MergeRow(StoreShard<TKey> shard, Pane<TKey> pane, GroupTable<TKey> local, ImmutableArray<AggregateColumn> columns, int localRow)
    {
        var row = pane.FindOrAdd(local.Key(localRow), local.Hash(localRow));
        for (var i = 0; i < columns.Length; i++) pane.Columns[i].Merge(row, columns[i], localRow);
        pane.MarkChanged(row);
        foreach (var listener in shard.Listeners) listener.Add((pane, row));
    }

    private Pane<TKey> PaneOf(StoreShard<TKey> shard, long start)
    {
        if (shard.Panes.TryGetValue(start, out var pane) && !pane.IsFinal) return pane;
        if (pane is not null || Settings.IsFinal(start, _finalUpTo)) throw StreamErrors.FinalWindow(TimeOf(start));
        pane = new Pane<TKey>(start, Shape, _columns);
        shard.Panes.Add(start, pane);
        return pane;
    }
}
