using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.Sinks;
using Leat.Streams.Views;

namespace Leat.Streams.Windows;

/// <summary>A window over rows of <typeparamref name="T"/> by <typeparamref name="TKey"/>.</summary>
internal sealed class WindowOperator<TKey, T> : WindowOperator
{
    private readonly string _job;
    private readonly ResultJson _json;
    private long? _keep;
    private WindowView<TKey>? _view;

    public WindowOperator(string job, KeyShape<TKey> shape, Func<T, TKey> key, IWindowShape window, ImmutableArray<Aggregate<T>> aggregates)
    {
        _job = job;
        Key = key;
        Aggregates = aggregates;
        ImmutableArray<Field> values = [.. aggregates.Select(a => new Field(a.Name, a.Type))];
        Func<TextArena, ImmutableArray<AggregateColumn>> columns = arena => [.. aggregates.Select(a => a.CreateColumn(arena))];
        Window = window;
        Store = window.CreateStore(shape, values, columns);
        _json = new ResultJson(Store.Schema, shape.Columns.Length);
        if (Store.Schema.Select(f => f.Name).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw StreamErrors.NameTaken("column", twice.Key, job);
    }

    public IWindowShape Window { get; }

    public WindowStore<TKey> Store { get; }

    public Func<T, TKey> Key { get; }

    public ImmutableArray<Aggregate<T>> Aggregates { get; }

    public override Schema Schema => Store.Schema;

    public override string Signature => $"{Window.Signature} {Schema} by {string.Join('+', Aggregates.Select(a => a.Kind))}";

    public override void AddView(string name, TimeSpan keep)
    {
        if (_view is not null) throw StreamErrors.Definition(_job, $"the window of view '{_view.Name}' has a second view '{name}'", "keep one ToView(...) a window");
        _keep = keep.Ticks;
        _view = new WindowView<TKey>(name, Store);
        View = _view;
    }

    public override void Open(int shards) => Store.Open(shards);

    public override void Advance(long watermark)
    {
        Store.Advance(watermark, LakeSinks.Count + TopicTargets.Count == 0 ? null : Emit, _keep);
        _view?.Advance(watermark, _keep ?? 0);
    }

    public override void Save(StateWriter writer, bool whole) => Store.Save(writer, whole, _view is null ? null : _view.Prepare);

    public override void Load(StateReader reader) => Store.Load(reader);

    public override void Restore(long watermark, long checkpointId)
    {
        Store.Restore(watermark, _keep);
        _view?.Restore(checkpointId, watermark);
    }

    public override void Committed(long checkpointId, long watermark) => _view?.Commit(checkpointId, watermark);

    public override void Dispose() => Store.Dispose();

    private void Emit(WindowRow row)
    {
        foreach (var sink in LakeSinks) sink.Add(row.Values);
        if (TopicTargets.Count == 0) return;
        var (key, record) = _json.Encode(row);
        foreach (var target in TopicTargets) target.Add([(target.PartitionOf(key), record)]);
    }
}
