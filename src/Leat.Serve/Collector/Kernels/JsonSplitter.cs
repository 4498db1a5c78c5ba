using System.Buffers;

namespace Leat.Serve.Collector.Kernels;

/// <summary>A JSON body: an array of events, or one event (or several, one after the other). Follows brackets and strings only; events are checked by the sink.</summary>
internal sealed class JsonSplitter(int maxBytes) : EventSplitter(maxBytes)
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[],"u8);

    private State _state;
    private int _depth;
    private bool _inString;
    private bool _escaped;
    private bool _trailing;

    private enum State
    {
        Start,
        InArray,
        AfterArray,
        Objects,
    }

    public override void Feed(ReadOnlySpan<byte> piece, IEventSink sink)
    {
        if (_state == State.Start && !Begin(ref piece)) return;
        var start = 0;
        for (var i = 0; i < piece.Length && _state != State.AfterArray; i++)
        {
            if (_escaped)
            {
                _escaped = false;
                continue;
            }
            var skip = _inString ? piece[i..].IndexOfAny((byte)'"', (byte)'\\') : piece[i..].IndexOfAny(Structure);
            if (skip < 0) break;
            i += skip;
            if (Ends(piece[i], out var included)) start = Cut(piece, start, i, included, sink);
        }
        if (_state == State.AfterArray) After(piece[start..], sink);
        else Carry(piece[start..]);
    }

    public override void End(IEventSink sink)
    {
        if (_state is State.Start or State.AfterArray) return;
        Line++;
        var rest = Emit([], sink);
        if (_state == State.InArray) sink.OnBroken(rest ? Line + 1 : Line, "LEAT6023", "the array is not closed: the body ends before its ]");
    }

    /// <summary>Skips white space up to the first byte, which decides what the body is.</summary>
    private bool Begin(ref ReadOnlySpan<byte> piece)
    {
        piece = piece.TrimStart(" \t\r\n"u8);
        if (piece.IsEmpty) return false;
        _state = piece[0] == '[' ? State.InArray : State.Objects;
        if (_state == State.InArray) piece = piece[1..];
        return true;
    }

    /// <summary>Takes one structural byte; true when it ends an event, <paramref name="included"/> when it belongs to it.</summary>
    private bool Ends(byte structural, out bool included)
    {
        included = false;
        if (_inString)
        {
            if (structural == '\\') _escaped = true;
            else _inString = false;
            return false;
        }
        switch (structural)
        {
            case (byte)'"':
                _inString = true;
                return false;
            case (byte)'{' or (byte)'[':
                _depth++;
                return false;
            case (byte)',':
                return _depth == 0 && _state == State.InArray;
            case (byte)']' when _depth == 0 && _state == State.InArray:
                _state = State.AfterArray;
                return true;
            default:
                if (_depth > 0) _depth--;
                return included = _depth == 0 && _state == State.Objects;
        }
    }

    private int Cut(ReadOnlySpan<byte> piece, int start, int at, bool included, IEventSink sink)
    {
        Line++;
        var any = Emit(piece[start..(included ? at + 1 : at)], sink);
        var isEmptyArray = _state == State.AfterArray && Line == 1;
        if (!any && !isEmptyArray) sink.OnBroken(Line, "LEAT6023", "an element of the array is empty");
        return at + 1;
    }

    private void After(ReadOnlySpan<byte> rest, IEventSink sink)
    {
        if (_trailing || rest.Trim(" \t\r\n"u8).IsEmpty) return;
        _trailing = true;
        sink.OnBroken(Line + 1, "LEAT6023", "there is text after the end of the array");
    }
}
