using Leat.Streams.Decoding;
using Leat.Streams.Rows;

namespace Leat.Streams.Tables;

/// <summary>Takes the rows of one load. One use.</summary>
internal sealed class TableFill<TKey, TRow>(string table, Func<TRow, TKey> key, long mostBytes) : IDisposable
{
    private const int CheckEvery = 1024;
    private readonly List<DecodeFault> _faults = [];
    private readonly TRow[] _row = new TRow[1];
    private IRecordDecoder<TRow>? _decoder;
    private bool _isTaken;

    public TableRows<TKey, TRow> Rows { get; } = new();

    /// <summary>A row whose texts live as long as the job.</summary>
    public void Add(TRow row, string where)
    {
        var rowKey = key(row);
        if (rowKey is null) throw StreamErrors.TableRow(table, where, "its key is null");
        if (!Rows.TryAdd(rowKey, row)) throw StreamErrors.TableRow(table, where, $"key '{rowKey}' occurs twice");
        if (Rows.Count % CheckEvery == 0 && Rows.SizeBytes > mostBytes) throw StreamErrors.TableTooLarge(table, Rows.Count, mostBytes >> 20);
    }

    /// <summary>A row whose texts may go once this returns.</summary>
    public void AddCopy(TRow row, string where) => Add(RowCodec<TRow>.Instance.Copy is { } copy ? copy(row, Rows.Arena) : row, where);

    /// <summary>The row of a JSON object, whose bytes are kept as long as the rows, because texts point into them.</summary>
    public unsafe void AddJson(ReadOnlySpan<byte> json, string where)
    {
        var kept = Rows.Arena.Take(json.Length);
        json.CopyTo(new Span<byte>(kept, json.Length));
        _faults.Clear();
        _decoder ??= RecordDecoders.Create<TRow>();
        _decoder.Decode([new RecordSlice((nint)kept, json.Length, 0, 0)], 1, _row, _faults);
        if (_faults.Count > 0) throw StreamErrors.TableRow(table, where, $"{_faults[0].Code}: {_faults[0].Reason}");
        Add(_row[0], where);
    }

    /// <summary>The rows are the caller's from now on.</summary>
    public TableRows<TKey, TRow> Take()
    {
        if (Rows.SizeBytes > mostBytes) throw StreamErrors.TableTooLarge(table, Rows.Count, mostBytes >> 20);
        _isTaken = true;
        return Rows;
    }

    public void Dispose()
    {
        _decoder?.Dispose();
        if (!_isTaken) Rows.Dispose();
    }
}
