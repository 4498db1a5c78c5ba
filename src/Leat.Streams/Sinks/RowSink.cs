using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Operators;

namespace Leat.Streams.Sinks;

/// <summary>Rows on their way to a sink: gathered here in the order in which they are made, kept in files of the checkpoint from then on. Thread-safe for adding; the rest belongs to the coordinator.</summary>
internal sealed class RowSink : IDisposable
{
    private readonly Lock _gate = new();
    private readonly BatchBuilder _builder;
    private readonly List<Batch> _full = [];
    private readonly int _rowBytes;
    private long _fullBytes;
    private long _bytes;

    public RowSink(IStreamSink sink, SinkMode mode, Schema columns, ImmutableArray<string> key)
    {
        (Sink, Mode, Columns, Key) = (sink, mode, columns, key);
        _builder = new BatchBuilder(mode == SinkMode.Upsert ? WithGone(columns, key) : columns);
        _rowBytes = columns.Sum(f => f.Type.ValueSize) + 1;
    }

    public IStreamSink Sink { get; }

    public string Name => Sink.Name;

    public SinkMode Mode { get; }

    public Schema Columns { get; }

    public ImmutableArray<string> Key { get; }

    /// <summary>Text that is equal where rows that wait are interchangeable.</summary>
    public string Shape => $"{Mode} {Columns} by {string.Join('+', Key)}";

    /// <summary>Commits are as far apart as those of the lake, since each costs a file.</summary>
    public bool IsSlow => Sink is LakeTableSink;

    /// <summary>Gathers all rows when the sink is about to be replaced; null in other modes.</summary>
    public Action? Fill { get; set; }

    /// <summary>Memory of rows that no checkpoint has yet, approximately.</summary>
    public long SizeBytes => Interlocked.Read(ref _bytes);

    /// <summary>Rows that no checkpoint has yet.</summary>
    public bool HasRows
    {
        get
        {
            lock (_gate) return _builder.RowCount > 0 || _full.Count > 0;
        }
    }

    /// <summary>A row of boxed values in the order of the columns.</summary>
    public void Add(ImmutableArray<object?> values, bool isGone)
    {
        lock (_gate)
        {
            for (var i = 0; i < values.Length; i++) _builder[i].AppendValue(values[i]);
            End(isGone);
            Measure();
        }
    }

    /// <summary>Rows of a stream.</summary>
    /// <param name="appender">Fills the columns.</param>
    /// <param name="chunk">The rows.</param>
    /// <param name="fates">What becomes of each.</param>
    public void Add<T>(RowAppender<T> appender, Chunk<T> chunk, ReadOnlySpan<RowFate> fates)
    {
        lock (_gate)
        {
            for (var i = 0; i < chunk.Count; i++)
            {
                if (fates[i] == RowFate.LeftOut) continue;
                appender.Fill(_builder, chunk.Items[i]);
                End(fates[i] == RowFate.Gone);
            }

            Measure();
        }
    }

    /// <summary>The rows since the last call, the caller's to dispose.</summary>
    public ImmutableArray<Batch> Take()
    {
        lock (_gate)
        {
            if (_builder.RowCount > 0) Close();
            var taken = _full.ToImmutableArray();
            _full.Clear();
            _fullBytes = 0;
            Measure();
            return taken;
        }
    }

    public void Dispose()
    {
        foreach (var batch in _full) batch.Dispose();
        _full.Clear();
        _builder.Dispose();
    }

    private static Schema WithGone(Schema columns, ImmutableArray<string> key) =>
        new([.. columns.Select(f => key.Contains(f.Name) ? f : f with { Nullable = true }), new Field(SinkTarget.Gone, DataType.Boolean, false)]);

    private void End(bool isGone)
    {
        if (Mode == SinkMode.Upsert) _builder[Columns.Count].Append(isGone);
        _builder.EndRow();
        if (_builder.IsFull) Close();
    }

    private void Close()
    {
        _fullBytes += ((long)_builder.RowCount * _rowBytes) + _builder.SizeBytes;
        _full.Add(_builder.Build());
    }

    private void Measure() => Interlocked.Exchange(ref _bytes, _fullBytes + ((long)_builder.RowCount * _rowBytes) + _builder.SizeBytes);
}
