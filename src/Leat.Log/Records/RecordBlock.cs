using System.Diagnostics.CodeAnalysis;

namespace Leat.Log;

/// <summary>Whole record batches in native memory that does not move; disposed by the reader. Enumerate with foreach.</summary>
public sealed unsafe class RecordBlock : IDisposable
{
    private readonly BufferPool? _pool;
    private readonly string _where;
    private readonly int _length;
    private NativeBuffer? _buffer;

    /// <summary>Takes over <paramref name="buffer"/>, whose batches were checked.</summary>
    internal RecordBlock(NativeBuffer buffer, BufferPool? pool, BlockExtent extent, string where)
    {
        _buffer = buffer;
        _pool = pool;
        _length = extent.Bytes;
        _where = where;
        (BaseOffset, EndOffsetExcl, Count) = (extent.FromOffset, extent.ToOffsetExcl, extent.Count);
    }

    /// <summary>Offset of the first record.</summary>
    public long BaseOffset { get; }

    /// <summary>Offset after the last record.</summary>
    public long EndOffsetExcl { get; }

    /// <summary>Records in all batches, from <see cref="BaseOffset"/> on.</summary>
    public int Count { get; }

    /// <summary>Bytes of the batches as they are on disk and on the wire; the first may begin before <see cref="BaseOffset"/>.</summary>
    public ReadOnlySpan<byte> Bytes => new(Buffer.Memory, _length);

    private NativeBuffer Buffer => _buffer ?? throw new ObjectDisposedException(nameof(RecordBlock));

    /// <summary>Records in offset order.</summary>
    public Enumerator GetEnumerator() => new(Buffer.Memory, _length, BaseOffset, _where);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is not { } buffer) return;
        if (_pool is null) buffer.Dispose();
        else _pool.Return(buffer);
    }

    /// <summary>Decodes record after record without allocation.</summary>
    public ref struct Enumerator
    {
        private readonly byte* _end;
        private readonly long _from;
        private readonly string _where;
        private byte* _at;
        private byte* _batchEnd;
        private long _baseOffset;
        private long _baseTimestampMs;
        private int _left;
        private LogRecord _current;

        internal Enumerator(byte* start, int length, long from, string where)
        {
            _at = start;
            _batchEnd = start;
            _end = start + length;
            _from = from;
            _where = where;
        }

        /// <summary>The record the walk stands on.</summary>
        [UnscopedRef]
        public readonly ref readonly LogRecord Current => ref _current;

        /// <summary>Goes to the next record; false after the last.</summary>
        /// <exception cref="Leat.Core.LeatException">LEAT2021 a record does not fit its batch.</exception>
        public bool MoveNext()
        {
            while (true)
            {
                if (_left == 0 && !NextBatch()) return false;
                if (!RecordFields.TryRead(ref _at, _batchEnd, out var fields)) throw LogErrors.DamagedRecord(_where, _baseOffset);
                _left--;
                var offset = _baseOffset + fields.OffsetDelta;
                if (offset < _from) continue;
                _current = new LogRecord(offset, _baseTimestampMs + fields.TimestampDelta, fields);
                return true;
            }
        }

        private bool NextBatch()
        {
            _at = _batchEnd;
            while (_at < _end)
            {
                var header = BatchHeader.Read(new ReadOnlySpan<byte>(_at, BatchHeader.Size));
                _batchEnd = _at + header.TotalBytes;
                if (header.Count > 0 && !header.IsControl)
                {
                    _at += BatchHeader.Size;
                    _left = header.Count;
                    _baseOffset = header.BaseOffset;
                    _baseTimestampMs = header.BaseTimestampMs;
                    return true;
                }
                _at = _batchEnd;
            }
            return false;
        }
    }
}
