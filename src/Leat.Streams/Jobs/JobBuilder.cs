using Leat.Core;
using Leat.Streams.Execution;
using Leat.Streams.Jobs;
using Leat.Streams.Graph;
using Leat.Streams.History;
using Leat.Streams.LakeSources;
using Leat.Streams.Operators;

namespace Leat.Streams;

/// <summary>Collects the operators of one job.</summary>
public sealed class JobBuilder
{
    private readonly JobPlan _plan;

    internal JobBuilder(JobPlan plan) => _plan = plan;

    /// <summary>The records of a topic as rows of <typeparamref name="T"/>, decoded from JSON: the members of T are the projection.</summary>
    /// <param name="topic">Topic; the job waits until it exists.</param>
    /// <param name="eventTime">When the event happened, UTC.</param>
    /// <param name="maxDisorder">How much later than a newer event of its partition an event may come; what comes later may be late.</param>
    /// <exception cref="LeatException">LEAT2103 a member of T is of a type that cannot be decoded.</exception>
    public Stream<T> From<T>(string topic, Func<T, DateTime> eventTime, TimeSpan maxDisorder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDisorder, TimeSpan.Zero);
        var node = _plan.Add(new StreamNode<T>("source", []) { Detail = $"topic {topic}" });
        node.Source = _plan.AddSource(new TopicSource<T>(topic, new EventClock<T>(eventTime, maxDisorder.Ticks), node));
        return new Stream<T>(_plan, node);
    }

    /// <summary>The rows of a source inside the process: a generator, a file, a protocol of one's own.</summary>
    /// <inheritdoc cref="From{T}(string, Func{T, DateTime}, TimeSpan)"/>
    public Stream<T> From<T>(IStreamSource<T> source, Func<T, DateTime> eventTime, TimeSpan maxDisorder)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDisorder, TimeSpan.Zero);
        var node = _plan.Add(new StreamNode<T>("source", []) { Detail = source.Name });
        node.Source = _plan.AddSource(new RowSource<T>(source, new EventClock<T>(eventTime, maxDisorder.Ticks), node));
        return new Stream<T>(_plan, node);
    }

    /// <summary>The rows of a lake table, then those that further versions append, exactly once. Members of T are read from the columns of their names.</summary>
    /// <param name="table">Table; the job waits until it exists.</param>
    /// <param name="eventTime">When the event happened, UTC.</param>
    /// <param name="maxDisorder">How much later than a newer row of its partition a row may come in the order of the files; what comes later may be late.</param>
    /// <param name="options">From which version, and what of versions that change rows; default: all rows, then appended ones; others fail the job.</param>
    /// <exception cref="LeatException">LEAT2103 a member of T is of a type that cannot be read.</exception>
    public Stream<T> FromLake<T>(string table, Func<T, DateTime> eventTime, TimeSpan maxDisorder, LakeReadOptions? options = null) =>
        FromLake(new LakePlan(table, options ?? new LakeReadOptions(), ReadsChanges: false), eventTime, maxDisorder, () => new AppendedRows<T>());

    /// <summary>The rows of a lake table, then what further versions insert, change and delete, exactly once: from the table's change data feed, and where there is none from the files that come and go.</summary>
    /// <inheritdoc cref="FromLake{T}(string, Func{T, DateTime}, TimeSpan, LakeReadOptions?)"/>
    public Stream<LakeChange<T>> FromLakeChanges<T>(string table, Func<LakeChange<T>, DateTime> eventTime, TimeSpan maxDisorder, LakeReadOptions? options = null) =>
        FromLake(new LakePlan(table, options ?? new LakeReadOptions(), ReadsChanges: true), eventTime, maxDisorder, () => new ChangedRows<T>());

    /// <summary>A topic from its very beginning: what was landed in the lake, then the topic from the offset where the lake ends, per partition, without gap or double, however much the topic's retention has removed.</summary>
    /// <param name="table">Table that the topic is landed in; the job waits until it exists.</param>
    /// <param name="topic">Topic; the job waits until it exists.</param>
    /// <param name="eventTime">When the event happened, UTC.</param>
    /// <param name="maxDisorder">How much later than a newer event of its partition an event may come; what comes later may be late.</param>
    /// <exception cref="LeatException">LEAT2103 a member of T is of a type that cannot be decoded.</exception>
    public Stream<T> FromHistory<T>(string table, string topic, Func<T, DateTime> eventTime, TimeSpan maxDisorder) => FromHistory(new HistoryPlan(table, topic), eventTime, maxDisorder);

    internal Stream<T> FromHistory<T>(HistoryPlan plan, Func<T, DateTime> eventTime, TimeSpan maxDisorder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(plan.Table);
        ArgumentException.ThrowIfNullOrWhiteSpace(plan.Topic);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDisorder, TimeSpan.Zero);
        var node = _plan.Add(new StreamNode<T>("source", []) { Detail = $"lake table {plan.Table}, then topic {plan.Topic}" });
        node.Source = _plan.AddSource(new HistorySource<T>(plan, new EventClock<T>(eventTime, maxDisorder.Ticks), node));
        return new Stream<T>(_plan, node);
    }

    /// <summary>A table in memory for <c>Lookup</c>, loaded when the job starts: lake table <paramref name="name"/>, else a file of that name (.csv, .ndjson, .jsonl) in the project, its data or seeds folder.</summary>
    public ReferenceTable<TKey, TRow> Table<TRow, TKey>(string name, Func<TRow, TKey> key)
    {
        var table = new ReferenceTable<TKey, TRow>(name, key, null);
        _plan.Tables.Add(table);
        return table;
    }

    /// <inheritdoc cref="Table{TRow, TKey}(string, Func{TRow, TKey})"/>
    public ReferenceTable<Text, TRow> Table<TRow>(string name, Func<TRow, Text> key) => Table<TRow, Text>(name, key);

    /// <inheritdoc cref="Table{TRow, TKey}(string, Func{TRow, TKey})"/>
    public ReferenceTable<string, TRow> Table<TRow>(string name, Func<TRow, string> key) => Table<TRow, string>(name, key);

    /// <inheritdoc cref="Table{TRow, TKey}(string, Func{TRow, TKey})"/>
    public ReferenceTable<long, TRow> Table<TRow>(string name, Func<TRow, long> key) => Table<TRow, long>(name, key);

    /// <summary>A table of rows given in code. Texts in them must live as long as the job (<see cref="Text.Literal"/>).</summary>
    public ReferenceTable<TKey, TRow> Table<TRow, TKey>(string name, IEnumerable<TRow> rows, Func<TRow, TKey> key)
    {
        var table = new ReferenceTable<TKey, TRow>(name, key, rows);
        _plan.Tables.Add(table);
        return table;
    }

    private Stream<TRow> FromLake<TRow>(LakePlan plan, Func<TRow, DateTime> eventTime, TimeSpan maxDisorder, Func<LakeRows<TRow>> makeRows)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(plan.Table);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDisorder, TimeSpan.Zero);
        plan.Options.Check();
        using (makeRows())
        {
            // Made once so that a type that cannot be read is told when the job is defined.
        }

        var node = _plan.Add(new StreamNode<TRow>("source", []) { Detail = $"lake table {plan.Table}{(plan.ReadsChanges ? ", changes" : "")}" });
        node.Source = _plan.AddSource(new LakeSource<TRow>(plan, new EventClock<TRow>(eventTime, maxDisorder.Ticks), node, makeRows));
        return new Stream<TRow>(_plan, node);
    }
}
