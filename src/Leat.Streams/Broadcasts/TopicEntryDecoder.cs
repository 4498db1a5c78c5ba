using Leat.Core;
using Leat.Streams.Decoding;

namespace Leat.Streams.Broadcasts;

/// <summary>Decodes records of a compacted topic with their keys; those without value say that their key is no more.</summary>
internal sealed class TopicEntryDecoder<TRow> : IRecordDecoder<TopicEntry<TRow>>
{
    private readonly IRecordDecoder<TRow> _values = RecordDecoders.Create<TRow>();
    private readonly List<DecodeFault> _faults = [];
    private RecordSlice[] _slices = [];
    private TRow[] _rows = [];
    private int[] _places = [];

    public unsafe void Decode(RecordSlice[] records, int count, TopicEntry<TRow>[] rows, List<DecodeFault> faults)
    {
        if (_rows.Length < count) (_rows, _slices, _places) = (new TRow[count], new RecordSlice[count], new int[count]);
        var values = 0;
        for (var i = 0; i < count; i++)
        {
            rows[i] = new TopicEntry<TRow>(new Text((byte*)records[i].Key, records[i].KeyLength), records[i].ValueLength == 0, default!);
            if (!rows[i].IsGone) (_slices[values], _places[values++]) = (records[i], i);
        }

        _faults.Clear();
        _values.Decode(_slices, values, _rows, _faults);
        for (var i = 0; i < values; i++) rows[_places[i]] = rows[_places[i]] with { Row = _rows[i] };
        var fault = 0;
        for (var i = 0; i < count; i++)
        {
            var isFault = fault < _faults.Count && _places[_faults[fault].Index] == i;
            if (records[i].KeyLength == 0) faults.Add(new DecodeFault(i, "LEAT2111", "the record has no key"));
            else if (isFault) faults.Add(_faults[fault] with { Index = i });
            if (isFault) fault++;
        }
    }

    public void Dispose() => _values.Dispose();
}
