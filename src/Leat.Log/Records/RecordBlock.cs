namespace Leat.Log;

/// <summary>Whole record batches in native memory that does not move; disposed by the reader. Enumerate with foreach.</summary>
public sealed class RecordBlock : IDisposable
{
    /// <summary>Offset of the first record.</summary>
    public long BaseOffset => throw new NotSupportedException();

    /// <summary>Offset after the last record.</summary>
    public long EndOffsetExcl => throw new NotSupportedException();

    /// <summary>Records in all batches.</summary>
    public int Count => throw new NotSupportedException();

    /// <summary>Records in offset order.</summary>
    public Enumerator GetEnumerator() => throw new NotSupportedException();

    public void Dispose()
    {
    }

    /// <summary>Decodes record after record without allocation.</summary>
    public ref struct Enumerator
    {
        public readonly LogRecord Current => throw new NotSupportedException();

        public bool MoveNext() => throw new NotSupportedException();
    }
}
