namespace Leat.Log;

/// <summary>A few native buffers of one reader, used again from block to block. Thread-safe: blocks may be disposed anywhere.</summary>
internal sealed class BufferPool : IDisposable
{
    private const int Kept = 2;
    private readonly Lock _lock = new();
    private readonly Stack<NativeBuffer> _free = new();
    private bool _closed;

    public NativeBuffer Rent(int capacity)
    {
        lock (_lock)
        {
            while (_free.TryPop(out var buffer))
            {
                if (buffer.Capacity >= capacity) return buffer;
                buffer.Dispose();
            }
        }
        return new NativeBuffer(capacity);
    }

    public void Return(NativeBuffer buffer)
    {
        lock (_lock)
        {
            if (!_closed && _free.Count < Kept)
            {
                _free.Push(buffer);
                return;
            }
        }
        buffer.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            while (_free.TryPop(out var buffer)) buffer.Dispose();
        }
    }
}
