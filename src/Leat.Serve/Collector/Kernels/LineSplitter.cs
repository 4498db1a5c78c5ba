namespace Leat.Serve.Collector.Kernels;

/// <summary>NDJSON: one event a line; blank lines are counted and skipped.</summary>
internal sealed class LineSplitter(int maxBytes) : EventSplitter(maxBytes)
{
    private bool _open;

    public override void Feed(ReadOnlySpan<byte> piece, IEventSink sink)
    {
        while (!piece.IsEmpty)
        {
            var end = piece.IndexOf((byte)'\n');
            if (end < 0)
            {
                _open = true;
                Carry(piece);
                return;
            }
            Next(piece[..end], sink);
            piece = piece[(end + 1)..];
        }
    }

    public override void End(IEventSink sink)
    {
        if (_open) Next([], sink);
    }

    private void Next(ReadOnlySpan<byte> last, IEventSink sink)
    {
        _open = false;
        Line++;
        Emit(last, sink);
    }
}
