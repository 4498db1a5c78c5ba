using Leat.Core;
using Leat.Streams.Execution;
using Leat.Streams.Jobs;
using Leat.Streams.Graph;
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
}
