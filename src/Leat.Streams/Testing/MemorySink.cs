using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Streams.Testing;

/// <summary>A sink in memory with the promises of real ones: an epoch is taken whole and once. Outlives the kills of a test, and can be away. Thread-safe.</summary>
/// <param name="name">Of the place.</param>
public sealed class MemorySink(string name) : IStreamSink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _epochs = new(StringComparer.Ordinal);
    private readonly List<ImmutableArray<object?>> _rows = [];
    private volatile bool _isAway;
    private int _answersLost;

    public string Name => $"memory {name}";

    /// <summary>It cannot be reached: the job has to wait.</summary>
    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <summary>Attempts to reach it while it was away.</summary>
    public int Refusals { get; private set; }

    /// <summary>Epochs taken.</summary>
    public int Commits { get; private set; }

    /// <summary>Rows, in order of their commits.</summary>
    public ImmutableArray<ImmutableArray<object?>> Rows
    {
        get
        {
            lock (_gate) return [.. _rows];
        }
    }

    /// <summary>So many of the next commits succeed and seem to have failed.</summary>
    public void LoseAnswers(int commits)
    {
        lock (_gate) _answersLost = commits;
    }

    public ValueTask<ISinkSession> OpenAsync(SinkTarget target, CancellationToken ct)
    {
        lock (_gate) CheckReach();
        return ValueTask.FromResult<ISinkSession>(new Session(this, target));
    }

    private void CheckReach()
    {
        if (!_isAway) return;
        Refusals++;
        throw StreamErrors.SinkAway(Name, "the test says that it is away", null);
    }

    private void Take(SinkTarget target, long epoch, List<ImmutableArray<object?>> rows)
    {
        lock (_gate)
        {
            CheckReach();
            if (_epochs.GetValueOrDefault(target.Life) >= epoch) return;
            if (target.Mode == SinkMode.Complete) _rows.Clear();
            if (target.Mode == SinkMode.Upsert) Merge(target, rows);
            else _rows.AddRange(rows);
            _epochs[target.Life] = epoch;
            Commits++;
            if (_answersLost-- > 0) throw StreamErrors.SinkAway(Name, "the answer was lost", null);
        }
    }

    private void Merge(SinkTarget target, List<ImmutableArray<object?>> rows)
    {
        var key = target.Key.Select(target.Columns.IndexOf).ToList();
        foreach (var row in rows)
        {
            _rows.RemoveAll(known => key.TrueForAll(k => Equals(known[k], row[k])));
            if (row[^1] is not true) _rows.Add(row[..^1]);
        }
    }

    private sealed class Session(MemorySink sink, SinkTarget target) : ISinkSession
    {
        public ValueTask<long> LastEpochAsync(CancellationToken ct)
        {
            lock (sink._gate)
            {
                sink.CheckReach();
                return ValueTask.FromResult(sink._epochs.GetValueOrDefault(target.Life));
            }
        }

        public async ValueTask CommitAsync(SinkEpoch epoch, CancellationToken ct)
        {
            var rows = new List<ImmutableArray<object?>>();
            await foreach (var batch in epoch.ReadAsync().WithCancellation(ct).ConfigureAwait(false))
            {
                using (batch)
                    for (var row = 0; row < batch.RowCount; row++) rows.Add([.. Enumerable.Range(0, batch.ColumnCount).Select(c => batch[c].GetValue(row))]);
            }

            sink.Take(target, epoch.Number, rows);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
