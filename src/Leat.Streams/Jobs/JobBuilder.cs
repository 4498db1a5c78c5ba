using System.Data.Common;
using Leat.Core;
using Leat.Streams.Broadcasts;
using Leat.Streams.Decoding;
using Leat.Streams.Execution;
using Leat.Streams.Jobs;
using Leat.Streams.Graph;
using Leat.Streams.History;
using Leat.Streams.LakeSources;
using Leat.Streams.Operators;
using Leat.Streams.Tables;

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
    /// <param name="name">Of the lake table or the file.</param>
    /// <param name="key">Key of a row; no two rows have the same.</param>
    /// <param name="options">Whether and how often it is refreshed, and how large it may be.</param>
    public ReferenceTable<TKey, TRow> Table<TRow, TKey>(string name, Func<TRow, TKey> key, TableOptions? options = null) => Add(new ReferenceTable<TKey, TRow>(name, key, new NamedRows<TRow>(name), options));

    /// <inheritdoc cref="Table{TRow, TKey}(string, Func{TRow, TKey}, TableOptions?)"/>
    public ReferenceTable<Text, TRow> Table<TRow>(string name, Func<TRow, Text> key, TableOptions? options = null) => Table<TRow, Text>(name, key, options);

    /// <inheritdoc cref="Table{TRow, TKey}(string, Func{TRow, TKey}, TableOptions?)"/>
    public ReferenceTable<string, TRow> Table<TRow>(string name, Func<TRow, string> key, TableOptions? options = null) => Table<TRow, string>(name, key, options);

    /// <inheritdoc cref="Table{TRow, TKey}(string, Func{TRow, TKey}, TableOptions?)"/>
    public ReferenceTable<long, TRow> Table<TRow>(string name, Func<TRow, long> key, TableOptions? options = null) => Table<TRow, long>(name, key, options);

    /// <summary>A table of rows given in code. Texts in them must live as long as the job (<see cref="Text.Literal"/>).</summary>
    public ReferenceTable<TKey, TRow> Table<TRow, TKey>(string name, IEnumerable<TRow> rows, Func<TRow, TKey> key) => Add(new ReferenceTable<TKey, TRow>(name, key, new GivenRows<TRow>(name, rows), null));

    /// <summary>A table in memory for <c>Lookup</c> of rows that code fetches when the job starts and at each refresh. Texts in them are copied.</summary>
    /// <param name="name">In figures and errors.</param>
    /// <param name="load">Gives all rows; called by one thread at a time.</param>
    /// <param name="key">Key of a row; no two rows have the same.</param>
    /// <param name="options">Whether and how often it is refreshed, and how large it may be.</param>
    public ReferenceTable<TKey, TRow> TableFrom<TRow, TKey>(string name, Func<CancellationToken, IAsyncEnumerable<TRow>> load, Func<TRow, TKey> key, TableOptions? options = null) =>
        Add(new ReferenceTable<TKey, TRow>(name, key, new LoadedRows<TRow>(name, load), options));

    /// <summary>A table in memory for <c>Lookup</c> of what a database answers when the job starts and at each refresh. Members of TRow are read from the columns of their names.</summary>
    /// <param name="name">In figures and errors.</param>
    /// <param name="connect">Makes a connection, not opened; it is disposed after each load.</param>
    /// <param name="sql">Query.</param>
    /// <param name="key">Key of a row; no two rows have the same.</param>
    /// <param name="options">Whether and how often it is refreshed, and how large it may be.</param>
    public ReferenceTable<TKey, TRow> TableFromDatabase<TRow, TKey>(string name, Func<DbConnection> connect, string sql, Func<TRow, TKey> key, TableOptions? options = null) =>
        Add(new ReferenceTable<TKey, TRow>(name, key, new DatabaseRows<TRow>(name, connect, sql), options));

    /// <summary>A compacted topic as a table: the newest value of each record key; a record without value removes its key. Read to its end before the job's other sources, then followed.</summary>
    /// <param name="topic">Topic; the job waits until it exists.</param>
    /// <param name="key">Key of the table from the record's key.</param>
    /// <exception cref="LeatException">LEAT2103 a member of TRow is of a type that cannot be decoded.</exception>
    public BroadcastTable<TKey, TRow> TableFromTopic<TKey, TRow>(string topic, Func<Text, TKey> key)
    {
        RecordDecoders.Register<TopicEntry<TRow>>(static () => new TopicEntryDecoder<TRow>());
        return From<TopicEntry<TRow>>(topic, static _ => DateTime.UnixEpoch, TimeSpan.Zero).ToBroadcast(topic, new BroadcastRule<TopicEntry<TRow>, TKey, TRow>(entry => key(entry.Key), static entry => entry.Row, static entry => entry.IsGone));
    }

    /// <summary>A lake table as a table in memory that follows its versions: of each key the row of the newest version; rows come with the version that wrote them. Read to its end before the job's other sources.</summary>
    /// <param name="table">Lake table; the job waits until it exists.</param>
    /// <param name="key">Key of a row; no two rows of a version have the same.</param>
    /// <param name="pollInterval">How often the table is asked for new versions; default 1 s.</param>
    public BroadcastTable<TKey, LakeChange<TRow>> TableFromLake<TKey, TRow>(string table, Func<TRow, TKey> key, TimeSpan? pollInterval = null)
    {
        var rule = new BroadcastRule<LakeChange<TRow>, TKey, LakeChange<TRow>>(change => key(change.Row), static change => change, static change => change.Type is LakeChangeType.Delete or LakeChangeType.UpdateBefore)
        {
            Stays = static (held, gone) => held.Version >= gone.Version, // a version names old and new rows in no particular order
        };
        return FromLakeChanges<TRow>(table, static change => change.CommittedAt, TimeSpan.Zero, pollInterval is { } poll ? new LakeReadOptions { PollInterval = poll } : null).ToBroadcast(table, rule);
    }

    private ReferenceTable<TKey, TRow> Add<TKey, TRow>(ReferenceTable<TKey, TRow> table)
    {
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
