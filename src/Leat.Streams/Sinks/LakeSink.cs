using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Streams.Sinks;

/// <summary>Rows on their way to one lake table. Fresh rows become part of the next checkpoint's journal; from there they wait until a lake commit takes them. Thread-safe for adding; the rest belongs to the coordinator.</summary>
internal sealed class LakeSink(string table, Schema schema, int index) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly BatchBuilder _builder = new(schema);
    private readonly List<Batch> _fresh = [];
    private readonly List<Batch> _saved = [];
    private long _bytes;

    public string Table => table;

    public Schema Schema => schema;

    /// <summary>Place among the job's sinks; part of the transaction's application id.</summary>
    public int Index => index;

    /// <summary>Approximate memory of rows not yet in the table, in bytes.</summary>
    public long SizeBytes => Interlocked.Read(ref _bytes);

    public bool HasRows
    {
        get
        {
            lock (_gate) return _builder.RowCount > 0 || _fresh.Count > 0 || _saved.Count > 0;
        }
    }

    public void Add(ImmutableArray<object?> values)
    {
        lock (_gate)
        {
            _builder.AppendRow(values.AsSpan());
            if (_builder.IsFull) Close();
        }
    }

    /// <summary>Takes over the batch.</summary>
    public void Add(Batch batch)
    {
        lock (_gate) Take(batch);
    }

    /// <summary>The rows added since the last call; from now on they count as saved.</summary>
    public ImmutableArray<Batch> Save()
    {
        lock (_gate)
        {
            if (_builder.RowCount > 0) Close();
            var fresh = _fresh.ToImmutableArray();
            _fresh.Clear();
            _saved.AddRange(fresh);
            return fresh;
        }
    }

    /// <summary>A batch that the journal had.</summary>
    public void Load(Batch batch)
    {
        lock (_gate)
        {
            Interlocked.Add(ref _bytes, Size(batch));
            _saved.Add(batch);
        }
    }

    /// <summary>All saved rows, in one batch after the other; the sink keeps the batches until <see cref="Forget"/>.</summary>
    public ImmutableArray<Batch> Saved() => [.. _saved];

    /// <summary>The first <paramref name="count"/> saved batches are in the table, or staged for it.</summary>
    public void Forget(int count)
    {
        foreach (var batch in _saved.Take(count))
        {
            Interlocked.Add(ref _bytes, -Size(batch));
            batch.Dispose();
        }

        _saved.RemoveRange(0, count);
    }

    public void Dispose()
    {
        foreach (var batch in _fresh.Concat(_saved)) batch.Dispose();
        _fresh.Clear();
        _saved.Clear();
        _builder.Dispose();
    }

    private void Close() => Take(_builder.Build());

    private void Take(Batch batch)
    {
        _fresh.Add(batch);
        Interlocked.Add(ref _bytes, Size(batch));
    }

    private static long Size(Batch batch) => 1024 + batch.Schema.Sum(f => (long)f.Type.ValueSize * batch.RowCount);
}
