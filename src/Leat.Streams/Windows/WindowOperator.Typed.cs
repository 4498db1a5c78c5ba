using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Aggregates;
using Leat.Streams.Execution;
using Leat.Streams.Graph;
using Leat.Streams.Inspection;
using Leat.Streams.Operators;
using Leat.Streams.Kernels;
using Leat.Streams.Sinks;
using Leat.Streams.Time;
using Leat.Streams.Views;

namespace Leat.Streams.Windows;

/// <summary>A window over rows of <typeparamref name="T"/> by <typeparamref name="TKey"/>.</summary>
internal sealed class WindowOperator<TKey, T> : WindowOperator<TKey>
{
    private readonly string _job;
    private readonly ResultHub<TKey> _results;
    private readonly List<IResultOutput> _streams = [];
    private readonly List<ResultUpdates<TKey>> _updates = [];
    private static readonly TimeSpan Seldom = TimeSpan.FromDays(36_500);
    private TimeProvider _clock = TimeProvider.System;
    private long? _keep;
    private WindowView<TKey>? _view;

    public WindowOperator(string job, KeyedInput<TKey, T> input, IWindowShape window, ImmutableArray<Aggregate<T>> aggregates)
    {
        _job = job;
        Key = input.Key;
        InputDelay = input.Node.Delay;
        Aggregates = aggregates;
        Window = window;
        Store = window.CreateStore(input.Shape, AggregateSet.Of(aggregates));
        _results = new ResultHub<TKey>(Store, new ResultJson(Store.Schema, input.Shape.Columns.Length), Counting);
        if (Store.Schema.Select(f => f.Name).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw StreamErrors.NameTaken("column", twice.Key, job);
    }

    public IWindowShape Window { get; }

    public WindowStore<TKey> Store { get; }

    public Func<T, TKey> Key { get; }

    public override long InputDelay { get; }

    public override long OutputDelay => InputDelay + Store.Lateness;

    public ImmutableArray<Aggregate<T>> Aggregates { get; }

    public override bool HasWindow => Store.HasWindow;

    public override Schema Schema => Store.Schema;

    public override ImmutableArray<string> KeyNames => [.. Store.Shape.Columns.Select(c => c.Name), .. HasWindow ? new[] { "window_start" } : []];

    public override string Signature => $"{Window.Signature} {Schema} by {string.Join('+', Aggregates.Select(a => a.Layout))}";

    public override void AddView(string name, TimeSpan keep)
    {
        if (_view is not null) throw StreamErrors.Definition(_job, $"the window of view '{_view.Name}' has a second view '{name}'", "keep one ToView(...) a window");
        _keep = Math.Max(_keep ?? 0, keep.Ticks);
        _view = new WindowView<TKey>(name, Store);
        View = _view;
    }

    public override void AddSink(LakeSink sink) => _results.LakeSinks.Add(sink);

    public override void AddSink(TopicTarget target) => _results.TopicTargets.Add(target);

    public override void AddSink(RowSink sink, GraphNode node, long keep)
    {
        switch (sink.Mode)
        {
            case SinkMode.Append:
                _results.RowSinks.Add(sink);
                Counting.Add(node);
                break;
            case SinkMode.Upsert:
                _updates.Add(new ResultUpdates<TKey>(Store, Seldom, new SinkUpdates<TKey>(Store, sink, node), needsTime: false));
                break;
            default:
                _keep = Math.Max(_keep ?? 0, keep);
                sink.Fill = () => Fill(sink, node);
                break;
        }
    }

    public override void AddStream<TOut>(ResultOutput<TKey, TOut> stream)
    {
        _results.Streams.Add(stream);
        _streams.Add(stream);
    }

    public override void AddUpdates<TOut>(TimeSpan every, ResultOutput<TKey, TOut> stream)
    {
        _updates.Add(new ResultUpdates<TKey>(Store, every, stream));
        _streams.Add(stream);
    }

    public override void Open(int shards, TimeProvider clock)
    {
        _clock = clock;
        _view?.Keep(_keep ?? 0);
        Store.Open(shards);
    }

    public override void Tick(long watermark)
    {
        if (_updates.Count == 0) return;
        foreach (var updates in _updates) updates.Tick(_clock.GetUtcNow());
        foreach (var stream in _streams) stream.Flush();
    }

    public override void Connect(WorkerContext coordinator)
    {
        foreach (var stream in _streams) stream.Open(coordinator);
        foreach (var updates in _updates) updates.Connect();
    }

    public override void Advance(long watermark)
    {
        var own = Watermarks.Minus(watermark, InputDelay);
        foreach (var updates in _updates) updates.Advance(own);
        Store.Advance(own, _results, _keep);
        foreach (var stream in _streams) stream.Flush();
    }

    public override void Barrier()
    {
        foreach (var updates in _updates) updates.Fire();
        foreach (var stream in _streams) stream.Barrier();
    }

    protected override void Save(StateWriter writer, bool whole) => Store.Save(writer, whole, _view is null ? null : _view.Prepare);

    public override void Load(StateReader reader) => Store.Load(reader);

    public override void Restore(long watermark, long checkpointId)
    {
        var own = Watermarks.Minus(watermark, InputDelay);
        Store.Restore(own, _keep);
        foreach (var updates in _updates) updates.Restore(own);
        _view?.Restore(checkpointId, own);
    }

    public override void Committed(long checkpointId, long watermark) => _view?.Commit(checkpointId, Watermarks.Minus(watermark, InputDelay));

    /// <summary>All results as they are now: while workers stand still.</summary>
    private void Fill(RowSink sink, GraphNode node)
    {
        foreach (var rows in Store.Read(null, long.MinValue, long.MaxValue, int.MaxValue).Values)
        {
            foreach (var row in rows) sink.Add(row, isGone: false);
            node.Count(rows.Count);
        }
    }

    public override StateSize Measure() => Store.Measure();

    public override void Dispose()
    {
        foreach (var stream in _streams) stream.Dispose();
        Store.Dispose();
    }
}
