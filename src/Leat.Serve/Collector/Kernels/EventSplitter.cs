using System.Buffers;

namespace Leat.Serve.Collector.Kernels;

/// <summary>Cuts a body that arrives in pieces into events. Holds at most one event; longer ones are reported and skipped.</summary>
internal abstract class EventSplitter(int maxBytes) : IDisposable
{
    private byte[] _carry = [];
    private int _carried;
    private bool _tooLong;

    /// <summary>Events seen, blank lines included.</summary>
    protected long Line { get; set; }

    /// <summary>Takes the next piece of the body.</summary>
    public abstract void Feed(ReadOnlySpan<byte> piece, IEventSink sink);

    /// <summary>The body ended.</summary>
    public abstract void End(IEventSink sink);

    public void Dispose()
    {
        if (_carry.Length > 0) ArrayPool<byte>.Shared.Return(_carry);
        _carry = [];
    }

    /// <summary>Keeps the beginning of an event whose end has not arrived.</summary>
    protected void Carry(ReadOnlySpan<byte> piece)
    {
        if (_tooLong || _carried + piece.Length > maxBytes)
        {
            (_tooLong, _carried) = (true, 0);
            return;
        }
        if (_carried + piece.Length > _carry.Length) Grow(_carried + piece.Length);
        piece.CopyTo(_carry.AsSpan(_carried));
        _carried += piece.Length;
    }

    /// <summary>Hands out the event that ends with <paramref name="last"/>; nothing when it is blank.</summary>
    /// <returns>Whether there was anything but white space.</returns>
    protected bool Emit(ReadOnlySpan<byte> last, IEventSink sink)
    {
        if (_carried > 0 || _tooLong)
        {
            Carry(last);
            last = _carry.AsSpan(0, _carried);
        }
        var tooLong = _tooLong || last.Length > maxBytes;
        (_carried, _tooLong) = (0, false);
        if (tooLong)
        {
            sink.OnBroken(Line, "LEAT6020", $"the event is longer than {maxBytes} bytes");
            return true;
        }
        var json = last.Trim(" \t\r\n"u8);
        if (json.IsEmpty) return false;
        sink.OnEvent(Line, json);
        return true;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(4096, _carry.Length * 2)));
        _carry.AsSpan(0, _carried).CopyTo(larger);
        if (_carry.Length > 0) ArrayPool<byte>.Shared.Return(_carry);
        _carry = larger;
    }
}
