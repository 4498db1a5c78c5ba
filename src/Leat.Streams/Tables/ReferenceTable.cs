using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.Streams.Decoding;
using Leat.Streams.Kernels;
using Leat.Streams.Keys;
using Leat.Streams.Tables;

namespace Leat.Streams;

/// <summary>Rows by key in memory, for <c>Lookup</c>. Loaded at the start of the job; not changed while it runs.</summary>
public sealed class ReferenceTable<TKey, TRow> : IReferenceTable
{
    private readonly Func<TRow, TKey> _key;
    private readonly IEnumerable<TRow>? _given;
    private readonly GroupTable<TKey> _index = new(KeyShape<TKey>.Of());
    private readonly TextArena _arena = new();
    private TRow[] _rows = new TRow[16];

    internal ReferenceTable(string name, Func<TRow, TKey> key, IEnumerable<TRow>? given) => (Name, _key, _given) = (name, key, given);

    /// <summary>Name in the lake or of the file.</summary>
    public string Name { get; }

    /// <summary>Frees the rows' texts; the job does it at its end.</summary>
    public void Dispose()
    {
        _index.Dispose();
        _arena.Dispose();
    }

    /// <summary>Rows loaded.</summary>
    public int Count => _index.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryFind(TKey key, out TRow? row)
    {
        var index = _index.Find(key, KeyHash.Of(key), 0);
        row = index < 0 ? default : _rows[index];
        return index >= 0;
    }

    async Task IReferenceTable.LoadAsync(TableSource source, CancellationToken ct)
    {
        if (_given is not null)
        {
            foreach (var row in _given) Add(row, Name);
            return;
        }

        using var decoder = RecordDecoders.Create<TRow>();
        var number = 0;
        await foreach (var (json, where) in source.ReadAsync(Name, ct).ConfigureAwait(false)) Add(Decode(decoder, json, $"{where}, row {++number}"), $"{where}, row {number}");
    }

    private void Add(TRow row, string where)
    {
        var key = _key(row);
        if (key is null) throw StreamErrors.TableRow(Name, where, "its key is null");
        var index = _index.FindOrAdd(key, KeyHash.Of(key), 0);
        if (index < _index.Count - 1) throw StreamErrors.TableRow(Name, where, $"key '{key}' occurs twice");
        if (index >= _rows.Length) Array.Resize(ref _rows, _rows.Length * 2);
        _rows[index] = row;
    }

    /// <summary>The row of a JSON object, whose bytes are kept as long as the table, because texts point into them.</summary>
    private unsafe TRow Decode(IRecordDecoder<TRow> decoder, byte[] json, string where)
    {
        var kept = _arena.Take(json.Length);
        json.CopyTo(new Span<byte>(kept, json.Length));
        var rows = new TRow[1];
        var faults = new List<DecodeFault>();
        decoder.Decode([new RecordSlice((nint)kept, json.Length, 0, 0)], 1, rows, faults);
        return faults.Count == 0 ? rows[0] : throw StreamErrors.TableRow(Name, where, $"{faults[0].Code}: {faults[0].Reason}");
    }
}
