namespace Leat.Streams.Decoding;

/// <summary>JSON objects to <typeparamref name="T"/>: scans the record bytes once and builds the row by code compiled for the type. No allocation a record but for members of type string.</summary>
internal sealed class JsonRecordDecoder<T> : IRecordDecoder<T>
{
    private readonly JsonFields _fields;
    private readonly Func<JsonFields, T> _build;
    private readonly List<IDisposable> _owned = [];

    public JsonRecordDecoder()
    {
        var shape = RecordShape.Of(typeof(T));
        _fields = new JsonFields([.. shape.Members.Select(m => m.Name)]);
        _build = RecordBuilder.Compile<JsonFields, T>(shape, _owned);
    }

    public void Decode(RecordSlice[] records, int count, T[] rows, List<DecodeFault> faults)
    {
        _fields.NextBatch();
        for (var i = 0; i < count; i++)
        {
            if (_fields.TryScan(ref records[i])) rows[i] = _build(_fields);
            if (_fields.HasFault) faults.Add(_fields.TakeFault(i));
        }
    }

    public void Dispose()
    {
        _fields.Dispose();
        foreach (var owned in _owned) owned.Dispose();
    }
}
