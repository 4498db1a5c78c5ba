using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics.X86;

namespace Leat.Log;

/// <summary>Whole record batches in memory that does not move: native, or a mapped segment. Disposed by the reader. Enumerate with foreach.</summary>
public sealed unsafe class RecordBlock : IDisposable
{
    private readonly BufferPool? _pool;
    private readonly string _where;
    private readonly int _length;
    private readonly byte* _memory;
    private object? _owner;

    /// <summary>Takes over <paramref name="buffer"/>, whose batches were checked.</summary>
    internal RecordBlock(NativeBuffer buffer, BufferPool? pool, BlockExtent extent, string where)
        : this(buffer.Memory, buffer, extent, where) => _pool = pool;

    /// <summary>Batches that were checked, in a mapped segment.</summary>
    internal RecordBlock(SegmentMap map, long position, BlockExtent extent, string where)
        : this(map.At(position), map, extent, where) => map.Lease();

    private RecordBlock(byte* memory, object owner, BlockExtent extent, string where)
    {
        _memory = memory;
        (_owner, _length, _where) = (owner, extent.Bytes, where);
        (BaseOffset, EndOffsetExcl, Count) = (extent.FromOffset, extent.ToOffsetExcl, extent.Count);
    }

    /// <summary>Offset of the first record.</summary>
    public long BaseOffset { get; }

    /// <summary>Offset after the last record.</summary>
    public long EndOffsetExcl { get; }

    /// <summary>Records from <see cref="BaseOffset"/> on. May be 0: then there is nothing but transaction markers, aborted records or what compaction left, and reading goes on at <see cref="EndOffsetExcl"/>.</summary>
    public int Count { get; }

    /// <summary>Bytes of the batches, unpacked; the first may begin before <see cref="BaseOffset"/>.</summary>
    public ReadOnlySpan<byte> Bytes => new(Memory, _length);

    private byte* Memory => _owner is null ? throw new ObjectDisposedException(nameof(RecordBlock)) : _memory;

    /// <summary>Records in offset order.</summary>
    public Enumerator GetEnumerator() => new(Memory, _length, BaseOffset, _where);

    public void Dispose()
    {
        switch (Interlocked.Exchange(ref _owner, null))
        {
            case SegmentMap map: map.Release(); break;
            case NativeBuffer buffer when _pool is not null: _pool.Return(buffer); break;
            case NativeBuffer buffer: buffer.Dispose(); break;
        }
    }

    /// <summary>Decodes record after record without allocation.</summary>
    public ref struct Enumerator
    {
        private const int AheadBytes = 1024;
        private readonly byte* _end;
        private readonly long _from;
        private readonly string _where;
        private byte* _at;
        private byte* _batchEnd;
        private long _baseOffset;
        private long _baseTimestampMs;
        private long _deltaMask;
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
                // Where a record begins is known only after the one before: without asking ahead each would wait for memory.
                if (Sse.IsSupported) Sse.Prefetch0(_at + AheadBytes);
                if (!RecordFields.TryRead(ref _at, _batchEnd, out _current.Fields)) throw LogErrors.DamagedRecord(_where, _baseOffset);
                _left--;
                _current.Offset = _baseOffset + _current.Fields.OffsetDelta;
                if (_current.Offset < _from) continue;
                _current.TimestampMs = _baseTimestampMs + (_current.Fields.TimestampDelta & _deltaMask);
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
                    (_baseTimestampMs, _deltaMask) = header.HasAppendTime ? (header.MaxTimestampMs, 0L) : (header.BaseTimestampMs, -1L);
                    return true;
                }
                _at = _batchEnd;
            }
            return false;
        }
    }
}
