using System.Runtime.CompilerServices;
using Leat.Streams.Async;
using Leat.Streams.Broadcasts;
using Leat.Streams.Checkpoints;
using Leat.Streams.Deduplication;
using Leat.Streams.Execution;
using Leat.Streams.Graph;
using Leat.Streams.Jobs;
using Leat.Streams.Keys;
using Leat.Streams.Operators;
using Leat.Streams.Sinks;

namespace Leat.Streams;

/// <summary>Rows of type <typeparamref name="T"/> with an event time each. Operators return the next stream; one stream may have several consumers.</summary>
public sealed class Stream<T>
{
    private readonly JobPlan _job;
    private readonly StreamNode<T> _node;

    internal Stream(JobPlan job, StreamNode<T> node)
    {
        _job = job;
        _node = node;
    }

    /// <summary>Gives the deduplication, join or process before it a name that its state is found by when the job has changed; without, it is found by its place among its kind.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2101 not a name, the second one, or the stream comes from an operator without state.</exception>
    public Stream<T> Named(string name)
    {
        PlanParts.Name(_job, _node.State, name);
        return this;
    }

    internal StreamNode<T> Node => _node;

    /// <summary>The rows for which the predicate holds.</summary>
    public Stream<T> Where(Func<T, bool> predicate)
    {
        var next = Next<T>("where");
        _node.AddConsumer(context => new WhereStage<T>(predicate, next.Build(context)));
        return new Stream<T>(_job, next);
    }

    /// <summary>Each row made into another; event time stays.</summary>
    public Stream<TOut> Select<TOut>(Func<T, TOut> selector)
    {
        var next = Next<TOut>("select");
        _node.AddConsumer(context => new SelectStage<T, TOut>(selector, next.Build(context)));
        return new Stream<TOut>(_job, next);
    }

    /// <summary>The rows of both streams.</summary>
    public Stream<T> Union(Stream<T> other)
    {
        if (!ReferenceEquals(_job, other._job)) throw StreamErrors.Definition(_job.Name, "a stream is united with one of another job", "unite streams of one job");
        var next = _job.Add(new StreamNode<T>("union", [_node, other._node]));
        _node.AddConsumer(next.Build);
        other._node.AddConsumer(next.Build);
        return new Stream<T>(_job, next);
    }

    /// <summary>Each row joined with the reference row of its key; rows without one are left out.</summary>
    public Stream<TOut> Lookup<TKey, TRow, TOut>(ReferenceTable<TKey, TRow> table, Func<T, TKey> key, Func<T, TRow, TOut> join) => Join(table, key, (row, found) => join(row, found!), keepUnmatched: false);

    /// <summary>Each row joined with the reference row of its key, or with the default of <typeparamref name="TRow"/> where there is none.</summary>
    public Stream<TOut> LookupOrDefault<TKey, TRow, TOut>(ReferenceTable<TKey, TRow> table, Func<T, TKey> key, Func<T, TRow?, TOut> join) => Join(table, key, join, keepUnmatched: true);

    /// <summary>Keeps the newest row of each key as a table that all rows of the job can be looked up in or judged by, from the moment it changes. What feeds it is read to its end before the job's other sources, and does not hold back the watermark.</summary>
    /// <param name="name">Of the table, in figures and errors.</param>
    /// <param name="key">Key of a row.</param>
    /// <param name="isGone">Whether the row says that its key is no more; default: none does.</param>
    public BroadcastTable<TKey, T> ToBroadcast<TKey>(string name, Func<T, TKey> key, Func<T, bool>? isGone = null) => ToBroadcast(name, new BroadcastRule<T, TKey, T>(key, static row => row, isGone));

    internal BroadcastTable<TKey, TRow> ToBroadcast<TKey, TRow>(string name, BroadcastRule<T, TKey, TRow> rule)
    {
        var state = new BroadcastState<TKey, TRow>(name, KeyShape<TKey>.Of());
        var node = _job.Add(new EndNode("broadcast", [_node]) { State = state, Detail = name });
        _node.AddConsumer(_ => new CountStage<T>(node, [new BroadcastStage<T, TKey, TRow>(state, rule)]));
        foreach (var source in _node.Sources()) source.IsFirst = true;
        return new BroadcastTable<TKey, TRow>(state);
    }

    /// <summary>Each row joined with the broadcast row of its key; rows without one are left out.</summary>
    public Stream<TOut> Lookup<TKey, TRow, TOut>(BroadcastTable<TKey, TRow> table, Func<T, TKey> key, Func<T, TRow, TOut> join)
    {
        var state = table.State;
        return ApplyTable<TKey, TRow, TOut>(state, "lookup", (row, output) =>
        {
            if (state.TryFind(key(row), out var found)) output.Add(join(row, found!));
        });
    }

    /// <summary>Each row joined with the broadcast row of its key, or with the default of <typeparamref name="TRow"/> where there is none.</summary>
    public Stream<TOut> LookupOrDefault<TKey, TRow, TOut>(BroadcastTable<TKey, TRow> table, Func<T, TKey> key, Func<T, TRow?, TOut> join)
    {
        var state = table.State;
        return ApplyTable<TKey, TRow, TOut>(state, "lookup", (row, output) => output.Add(join(row, state.TryFind(key(row), out var found) ? found : default)));
    }

    /// <summary>Each row beside all rows of a broadcast table: rules that may change while the job runs.</summary>
    public Stream<TOut> Apply<TKey, TRow, TOut>(BroadcastTable<TKey, TRow> rules, RuleSelector<T, TRow, TOut> select)
    {
        var state = rules.State;
        return ApplyTable<TKey, TRow, TOut>(state, "rules", (row, output) => select(row, state.Rows, output));
    }

    /// <summary>Each row with what a call to the outside gives for it; the rows of a chunk of at most 1,024 are asked for at the same time, as many as the settings allow. After the last try the record becomes a dead letter.</summary>
    /// <param name="call">May be made more than once for a row: after a failure, or when the job goes on from a checkpoint. Texts of the row are valid until its token is cancelled: a call that goes on after that must have copied them.</param>
    /// <param name="settings">Concurrency, time-out, tries, order; default: 64 at a time, 10 s, 3 more tries, ordered.</param>
    public Stream<TOut> SelectAsync<TOut>(Func<T, CancellationToken, ValueTask<TOut>> call, AsyncSettings? settings = null)
    {
        var used = settings ?? new AsyncSettings();
        used.Check();
        var next = Next<TOut>("async", $"{used.Concurrency} at a time");
        _node.AddConsumer(context => new AsyncStage<T, TOut>(call, used, next.Build(context)));
        return new Stream<TOut>(_job, next);
    }

    /// <summary>The first row of each key in a span of event time; further rows of the key less than <paramref name="within"/> away from one that passed are left out. A row that is older than the watermark by so much goes to the late topic, as what it repeats may be forgotten.</summary>
    /// <param name="key">What makes rows the same: an event id, or several members as a tuple.</param>
    /// <param name="within">Distance in event time from which a row is a new one; state is kept for about three times as long.</param>
    public Stream<T> Deduplicate<TKey>(Func<T, TKey> key, TimeSpan within)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(within, TimeSpan.FromMilliseconds(1));
        var operation = new DedupOperator<TKey>(KeyShape<TKey>.Of(), within, _node.Delay);
        var next = _job.Add(new StreamNode<T>("deduplicate", [_node]) { State = operation, Detail = $"within {within}" });
        _node.AddConsumer(context => new DedupStage<T, TKey>(operation, key, next.Build(context)));
        return new Stream<T>(_job, next);
    }

    /// <summary>The rows by key: Text, string, an integer, enum, bool, date, Guid, or a tuple or record struct of these.</summary>
    /// <param name="key">Gives the key of a row.</param>
    /// <param name="names">Names of the key's columns; default: from the selector's text (<c>v => v.CampaignId</c> gives campaign_id).</param>
    /// <param name="selector">Set by the compiler.</param>
    public KeyedStream<TKey, T> KeyBy<TKey>(Func<T, TKey> key, string[]? names = null, [CallerArgumentExpression(nameof(key))] string? selector = null) =>
        new(_job, new KeyedInput<TKey, T>(_node, KeyShape<TKey>.Of(names is null ? KeyNames.From(selector) : [.. names]), key));

    /// <summary>Windows of <paramref name="size"/> over the whole stream.</summary>
    public WindowedStream<NoKey, T> Tumbling(TimeSpan size, TimeSpan allowedLateness = default) =>
        WithoutKey().Tumbling(size, allowedLateness);

    /// <summary>Windows of <paramref name="size"/>, one every <paramref name="slide"/>, over the whole stream.</summary>
    public WindowedStream<NoKey, T> Hopping(TimeSpan size, TimeSpan slide, TimeSpan allowedLateness = default) => WithoutKey().Hopping(size, slide, allowedLateness);

    /// <summary>Appends every row to a lake table, exactly once. Columns are the members of <typeparamref name="T"/> in snake_case.</summary>
    public Stream<T> ToLake(string table)
    {
        var appender = RowAppender<T>.Create();
        var sink = _job.AddLakeSink(table, appender.Schema);
        AddSink($"lake table {table}", _ => new LakeRowStage<T>(sink, appender));
        return this;
    }

    /// <summary>Keeps the newest row of each key in a lake table, exactly once: each commit of the lake merges what came since.</summary>
    /// <param name="table">Table; made where there is none.</param>
    /// <param name="key">Members that tell rows apart, <c>r => r.OrderId</c> or <c>r => (r.Campaign, r.Start)</c>: they name the key's columns.</param>
    /// <param name="isGone">Whether the row says that there is none of its key any more; default: none does.</param>
    /// <param name="selector">Set by the compiler.</param>
    /// <exception cref="Leat.Core.LeatException">LEAT2101 the key is not made of members of the row.</exception>
    public Stream<T> ToLake<TKey>(string table, Func<T, TKey> key, Func<T, bool>? isGone = null, [CallerArgumentExpression(nameof(key))] string? selector = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        return To(new LakeTableSink(table), key, isGone, selector);
    }

    /// <summary>Appends every row to a sink outside, exactly once. Columns are the members of <typeparamref name="T"/> in snake_case.</summary>
    public Stream<T> To(IStreamSink sink)
    {
        var appender = RowAppender<T>.Create();
        AddSink(sink, new RowSink(sink, SinkMode.Append, appender.Schema, []), appender, null);
        return this;
    }

    /// <summary>Keeps the newest row of each key in a sink outside, exactly once. Rows of a key keep their order where one operator by that key makes them, or they come from one partition.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="key">Members that tell rows apart, <c>r => r.OrderId</c> or <c>r => (r.Campaign, r.Start)</c>: they name the key's columns.</param>
    /// <param name="isGone">Whether the row says that there is none of its key any more; default: none does.</param>
    /// <param name="selector">Set by the compiler.</param>
    /// <exception cref="Leat.Core.LeatException">LEAT2101 the key is not made of members of the row.</exception>
    public Stream<T> To<TKey>(IStreamSink sink, Func<T, TKey> key, Func<T, bool>? isGone = null, [CallerArgumentExpression(nameof(key))] string? selector = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        var appender = RowAppender<T>.Create();
        var names = KeyNames.From(selector);
        if (names.IsEmpty || names.Any(n => appender.Schema.IndexOf(n) < 0))
            throw StreamErrors.Definition(_job.Name, $"the key '{selector}' of {sink.Name} is not made of columns {appender.Schema}", "name members of the row: r => r.OrderId, or r => (r.Campaign, r.Start)");
        AddSink(sink, new RowSink(sink, SinkMode.Upsert, appender.Schema, names), appender, isGone);
        return this;
    }

    /// <summary>Calls code for each row; texts in it are valid inside the call. Several workers call at the same time, and after a failure rows since the last checkpoint come again.</summary>
    public Stream<T> ForEach(Action<T> action)
    {
        _job.HasCallbacks = true;
        AddSink("callback", _ => new CallbackStage<T>(action));
        return this;
    }

    /// <summary>Appends every row to a topic as JSON, exactly once, when a checkpoint has them; another job reads them as a source of <typeparamref name="T"/>. The topic is made where there is none.</summary>
    /// <param name="topic">Not one that the job reads.</param>
    /// <param name="key">Key of the record, which also chooses its partition; default: no key, the first partition.</param>
    public Stream<T> ToTopic(string topic, Func<T, string?>? key = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        var (target, json) = (_job.AddTopicTarget(topic), RowJson<T>.Create());
        AddSink($"topic {topic}", _ => new TopicRowStage<T>(target, json, key));
        return this;
    }

    private KeyedStream<NoKey, T> WithoutKey() => new(_job, new KeyedInput<NoKey, T>(_node, KeyShape<NoKey>.Of(), _ => default));

    private Stream<TOut> Join<TKey, TRow, TOut>(ReferenceTable<TKey, TRow> table, Func<T, TKey> key, Func<T, TRow?, TOut> join, bool keepUnmatched)
    {
        var next = Next<TOut>("lookup", table.Name);
        _node.AddConsumer(context => new LookupStage<T, TKey, TRow, TOut>(table, key, join, keepUnmatched, next.Build(context)));
        return new Stream<TOut>(_job, next);
    }

    private Stream<TOut> ApplyTable<TKey, TRow, TOut>(BroadcastState<TKey, TRow> state, string kind, Action<T, RuleOutput<TOut>> apply)
    {
        var next = Next<TOut>(kind, state.Name);
        _node.AddConsumer(context => new ApplyStage<T, TKey, TRow, TOut>(state, apply, next.Build(context)));
        return new Stream<TOut>(_job, next);
    }

    private StreamNode<TOut> Next<TOut>(string kind, string detail = "") => _job.Add(new StreamNode<TOut>(kind, [_node]) { Detail = detail });

    private void AddSink(IStreamSink sink, RowSink rows, RowAppender<T> appender, Func<T, bool>? isGone)
    {
        _job.AddSink(rows);
        AddSink(sink.Name, _ => new RowSinkStage<T>(rows, appender, isGone));
    }

    private void AddSink(string detail, Func<WorkerContext, Stage<T>> consumer)
    {
        var sink = _job.Add(new EndNode(GraphNode.Sink, [_node]) { Detail = detail });
        _node.AddConsumer(context => new CountStage<T>(sink, [consumer(context)]));
    }
}
