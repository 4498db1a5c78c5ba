namespace Leat.Log;

/// <summary>Walks over the headers of a record; use with foreach.</summary>
public unsafe ref struct HeaderEnumerator
{
    private readonly byte* _end;
    private byte* _at;
    private int _left;
    private RecordHeader _current;

    internal HeaderEnumerator(byte* at, byte* end, int count)
    {
        _at = at;
        _end = end;
        _left = count;
    }

    /// <summary>The header the walk stands on.</summary>
    public readonly RecordHeader Current => _current;

    /// <summary>Goes to the next header; false after the last.</summary>
    public bool MoveNext()
    {
        if (_left-- <= 0 || !TryBytes(out var name) || !TryBytes(out var value)) return false;
        _current = new RecordHeader(name, value);
        return true;
    }

    /// <summary>Makes foreach work.</summary>
    public readonly HeaderEnumerator GetEnumerator() => this;

    private bool TryBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!Varint.TryRead(ref _at, _end, out var length) || length > _end - _at) return false;
        if (length <= 0) return true;
        bytes = new ReadOnlySpan<byte>(_at, (int)length);
        _at += length;
        return true;
    }
}
