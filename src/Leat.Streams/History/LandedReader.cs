using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;

namespace Leat.Streams.History;

/// <summary>Reads what the lake has of one partition of a topic, in order of offsets, in windows of bounded size. One thread.</summary>
internal sealed class LandedReader(LandedTopic landed, int partition, ImmutableArray<string> columns, long position) : IAsyncDisposable
{
    private LakeSnapshot _snapshot = landed.Snapshot;
    private IAsyncEnumerator<Batch>? _window;
    private Batch? _batch;
    private long _width = landed.Plan.Window;
    private long _windowEnd;
    private int _rows;
    private int _next;

    /// <summary>Offset to go on from: all before it that the lake has was given.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Offset after the last record that the lake has, as far as is known.</summary>
    public long End => LandedTopic.EndOf(_snapshot, landed.Plan, partition);

    /// <summary>Rows of <see cref="Batch"/> that were given by the last <see cref="NextAsync"/>.</summary>
    public (int First, int Count) Rows { get; private set; }

    /// <summary>Valid until the next call; <see cref="Rows"/> lie in one vector of it.</summary>
    public Batch Batch => _batch!;

    /// <summary>The next rows, at most <paramref name="most"/>.</summary>
    /// <returns>False: the end of what is in the lake.</returns>
    public async ValueTask<bool> NextAsync(int most, CancellationToken ct)
    {
        while (true)
        {
            if (_batch is { } batch && _next < batch.RowCount)
            {
                Take(batch, most);
                return true;
            }

            if (_window is null && Position >= End) return false;
            try
            {
                _window ??= OpenWindow(ct);
                await NextBatchAsync(_window).ConfigureAwait(false);
            }
            catch (LeatException gone) when (gone.Code == "LEAT3019")
            {
                // Vacuumed while it was read: a newer version has the same rows elsewhere.
                await CloseWindowAsync().ConfigureAwait(false);
                if (!await RefreshAsync(ct).ConfigureAwait(false)) throw;
            }
        }
    }

    /// <summary>Goes on with the newest version of the table.</summary>
    /// <returns>False: there is no newer one.</returns>
    public async ValueTask<bool> RefreshAsync(CancellationToken ct)
    {
        var before = _snapshot.Version;
        await landed.RefreshAsync(ct).ConfigureAwait(false);
        _snapshot = landed.Snapshot;
        return _snapshot.Version > before;
    }

    /// <summary>Goes on from another offset, after the reading was ended.</summary>
    public void Seek(long offset) => Position = offset;

    public async ValueTask DisposeAsync() => await CloseWindowAsync().ConfigureAwait(false);

    private void Take(Batch batch, int most)
    {
        var (vector, first) = Math.DivRem(_next, ColumnVector.Capacity);
        var offsets = batch[LandedTopics.Offset].Vectors[vector].Values<long>();
        var count = Math.Min(offsets.Length - first, most);
        for (var i = first; i < first + count; i++)
        {
            if (offsets[i] < Position) throw StreamErrors.LandedTwice(landed.Plan.Table, landed.Plan.Topic, partition, offsets[i]);
            Position = offsets[i] + 1;
        }

        Rows = (_next, count);
        _next += count;
        _rows += count;
    }

    private IAsyncEnumerator<Batch> OpenWindow(CancellationToken ct)
    {
        _windowEnd = Position > End - _width ? End : Position + _width;
        _rows = 0;
        return landed.Table.ReadAsync(_snapshot, landed.Slice(columns, partition, Position, _windowEnd), ct).GetAsyncEnumerator(ct);
    }

    private async ValueTask NextBatchAsync(IAsyncEnumerator<Batch> window)
    {
        _batch?.Dispose();
        (_batch, _next) = (null, 0);
        if (await window.MoveNextAsync().ConfigureAwait(false))
        {
            _batch = window.Current;
            return;
        }

        // A full window may have left out rows at its end; a thin one is widened, so that holes cost little.
        var wasFull = _rows >= landed.Plan.Window;
        if (!wasFull) Position = Math.Max(Position, _windowEnd);
        if (wasFull) _width = landed.Plan.Window;
        else if (_rows < landed.Plan.Window / 4) _width = Math.Min(_width * 4, long.MaxValue / 8);
        await CloseWindowAsync().ConfigureAwait(false);
    }

    private async ValueTask CloseWindowAsync()
    {
        _batch?.Dispose();
        (_batch, _next) = (null, 0);
        if (_window is { } window) await window.DisposeAsync().ConfigureAwait(false);
        _window = null;
    }
}
