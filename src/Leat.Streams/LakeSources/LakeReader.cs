using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;
using Leat.Streams.Decoding;
using Leat.Streams.Operators;

namespace Leat.Streams.LakeSources;

/// <summary>Reads one partition of a lake source: file by file, version by version, always in the same order. One thread.</summary>
internal sealed class LakeReader<TRow>(LakeTail tail, int partition, LakeCursor at, LakeRows<TRow> rows) : IAsyncDisposable
{
    private readonly List<(DecodeFault Fault, long Row)> _faults = [];
    private LakeVersion? _version;
    private ImmutableArray<LakeFile> _files = [];
    private IAsyncEnumerator<Batch>? _file;
    private Batch? _batch;
    private int _next;

    /// <summary>Where to go on after the rows given so far.</summary>
    public LakeCursor Cursor { get; private set; } = at;

    /// <summary>Rows given by the last <see cref="NextAsync"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Rows of the last <see cref="NextAsync"/> that are none, with their place in the file.</summary>
    public IReadOnlyList<(DecodeFault Fault, long Row)> Faults => _faults;

    /// <summary>Table, version and file of the rows given last.</summary>
    public string Place => $"lake.{tail.Table.Name} version {Cursor.Version}, {(Cursor.File < _files.Length ? _files[Cursor.File].Path : "")}";

    /// <summary>Puts rows at the beginning of <paramref name="into"/>; texts in them stay valid until the next call.</summary>
    /// <returns>False: there is nothing now.</returns>
    public async ValueTask<bool> NextAsync(TRow[] into, CancellationToken ct)
    {
        while (true)
        {
            if (_batch is { } batch && _next < batch.RowCount)
            {
                Fill(batch, into);
                return true;
            }

            if (_file is not null)
            {
                await NextBatchAsync(_file).ConfigureAwait(false);
                continue;
            }

            if (_version is null && !await OpenVersionAsync(ct).ConfigureAwait(false)) return false;
            OpenFile(ct);
        }
    }

    /// <summary>The bad row's columns as JSON.</summary>
    public byte[] Json(long row)
    {
        for (var i = 0; i < _batch!.RowCount; i++)
            if (_batch[LakeVersion.RowNumber].Get<long>(i) == row) return BatchJson.Of(_batch, i, _batch.ColumnCount - 1);
        return [];
    }

    public async ValueTask DisposeAsync()
    {
        _batch?.Dispose();
        if (_file is not null) await _file.DisposeAsync().ConfigureAwait(false);
        rows.Dispose();
    }

    /// <summary>As many rows of one vector as fit.</summary>
    private void Fill(Batch batch, TRow[] into)
    {
        var (vector, first) = Math.DivRem(_next, ColumnVector.Capacity);
        var end = Math.Min(Math.Min(ColumnVector.Capacity, batch.RowCount - (vector * ColumnVector.Capacity)), first + Math.Min(into.Length, Chunk<TRow>.DefaultCapacity));
        var numbers = batch[batch.ColumnCount - 1].Vectors[vector].Values<long>();
        rows.Begin(_version!, _files[Cursor.File], batch, vector);
        _faults.Clear();
        Count = 0;
        for (var index = first; index < end; index++)
        {
            if (rows.TryRead(index, out into[Count], out var fault)) Count++;
            else _faults.Add((fault, numbers[index]));
        }

        _next += end - first;
        Cursor = Cursor with { Row = numbers[end - 1] + 1 };
    }

    private async ValueTask NextBatchAsync(IAsyncEnumerator<Batch> file)
    {
        _batch?.Dispose();
        (_batch, _next) = (null, 0);
        if (await file.MoveNextAsync().ConfigureAwait(false))
        {
            _batch = file.Current;
            return;
        }

        await file.DisposeAsync().ConfigureAwait(false);
        _file = null;
        Cursor = Cursor with { File = Cursor.File + 1, Row = 0 };
    }

    private async ValueTask<bool> OpenVersionAsync(CancellationToken ct)
    {
        if (await tail.FindAsync(Cursor, ct).ConfigureAwait(false) is not { } version) return false;
        (_version, _files) = (version, tail.FilesOf(version));
        return true;
    }

    /// <summary>The next file of the partition, or the next version when there is none.</summary>
    private void OpenFile(CancellationToken ct)
    {
        var next = Cursor.File;
        while (next < _files.Length && tail.PartitionOf(_files[next]) != partition) next++;
        if (next == _files.Length)
        {
            (_version, Cursor) = (null, Cursor.NextVersion());
            return;
        }

        if (next != Cursor.File) Cursor = Cursor with { File = next, Row = 0 };
        _file = tail.Table.ReadAsync(_version!, _files[next], rows.ColumnsOf(_version!, _files[next]), Cursor.Row, ct).GetAsyncEnumerator(ct);
    }
}
