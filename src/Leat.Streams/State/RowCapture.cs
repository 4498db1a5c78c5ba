using Leat.Streams.Kernels;
using Leat.Streams.State.Spill;

namespace Leat.Streams.State;

/// <summary>
/// Writes the rows of one part of the keys as they were at an instant, in pieces, while they change: a row that is about to change is written first.
/// Beside that goes a pass over all rows, for a new state file. One thread.
/// </summary>
internal sealed class RowCapture<TKey>(KeyRows<TKey> rows) : IDisposable
{
    private const int PieceBytes = 64 * 1024;
    private readonly StateWriter _early = new();
    private readonly StateWriter _left = new();
    private RemovedKeys<TKey> _removed = new(rows.Shape.Copy);
    private RemovedKeys<TKey> _captured = new(rows.Shape.Copy);
    private SpillPass<TKey>? _pass;
    private bool _isOfCapture;
    private bool _isScanning;
    private int _scanned;

    /// <summary>Rows a piece, at most.</summary>
    public int PieceRows { get; set; } = 512;

    /// <summary>Rows on disk; null = there are none.</summary>
    public SpilledKeys<TKey>? Spilled { get; set; }

    /// <summary>The row is about to change.</summary>
    public void Keep(int row)
    {
        if (!rows.Changes.IsCaptured(row)) return;
        Write(row, _early);
        rows.Changes.Clear(row);
    }

    /// <summary>The row came back from disk, and may change now.</summary>
    public void BroughtBack(int row)
    {
        if (_isOfCapture) Write(row, _early);
    }

    /// <summary>A row goes to disk, as it was written for the last capture; a pass over all rows may not have come to it.</summary>
    public void Leaving(ReadOnlySpan<byte> bytes)
    {
        if (!_isScanning) return;
        _left.Boolean(true);
        _left.Raw(bytes);
    }

    /// <summary>The key is removed.</summary>
    public void Removed(TKey key) => _removed.Add(key);

    /// <summary>What changed since the last capture, or all, has to be written as it is now.</summary>
    public void Capture(bool whole)
    {
        if (whole) MarkAll();
        rows.Changes.Capture();
        _captured.Clear();
        (_removed, _captured) = (_captured, _removed);
        if (!whole || Spilled is not { IsEmpty: false } spilled) return;
        (_pass, _isOfCapture) = (new SpillPass<TKey>(spilled, rows), true);
    }

    /// <summary>Writes a piece of what was captured: keys that are gone, then, when all those are written, keys that changed, each with all of its state.</summary>
    /// <returns>False: this was the last piece.</returns>
    public bool WriteCaptured(StateWriter writer)
    {
        if (_left.Length > 0) WriteLeft(writer);
        WriteGone(writer);
        if (!_captured.HasNext) WriteChanged(writer);
        writer.Boolean(false);
        return _captured.HasNext || rows.Changes.Captured > 0 || _isOfCapture;
    }

    /// <summary>Begins a pass over all rows. No capture of all rows is being written.</summary>
    public void BeginScan()
    {
        if (_pass is not null) throw new InvalidOperationException("a pass over the rows on disk is under way");
        (_scanned, _isScanning) = (0, true);
        if (Spilled is { IsEmpty: false } spilled) _pass = new SpillPass<TKey>(spilled, rows);
    }

    /// <summary>Writes the next rows of the pass, those on disk first, but for what changed since the last capture: the next capture has it.</summary>
    /// <returns>False: this was the last piece.</returns>
    public bool Scan(StateWriter writer)
    {
        WriteLeft(writer);
        writer.Number(0);
        if (_pass is not null) WritePass(writer);
        else ScanRows(writer);
        writer.Boolean(false);
        return _isScanning;
    }

    /// <summary>As if nothing had ever changed.</summary>
    public void Forget()
    {
        rows.Changes.Forget();
        _removed.Clear();
        _captured.Clear();
    }

    public void Dispose()
    {
        _pass?.Dispose();
        _removed.Dispose();
        _captured.Dispose();
    }

    private void MarkAll()
    {
        for (var row = 0; row < rows.Top; row++)
            if (!rows.IsEmpty(row)) rows.Changes.Mark(row);
        _removed.Clear();
    }

    private void WriteGone(StateWriter writer)
    {
        var gone = Math.Min(_captured.Left, PieceRows);
        writer.Number(gone);
        for (; gone > 0; gone--) rows.Shape.Write(_captured.Next(), writer);
    }

    private void WriteChanged(StateWriter writer)
    {
        WriteEarly(writer);
        for (var left = PieceRows; left > 0 && writer.Length < PieceBytes && rows.Changes.TryTake(out var row); left--) Write(row, writer);
        if (rows.Changes.Captured == 0 && _isOfCapture) WritePass(writer);
    }

    /// <summary>Before the keys that are gone: one that left may have come back and gone since.</summary>
    private void WriteLeft(StateWriter writer)
    {
        writer.Number(0);
        writer.Raw(_left.Written.Span);
        writer.Boolean(false);
        _left.Clear();
    }

    private void WriteEarly(StateWriter writer)
    {
        writer.Raw(_early.Written.Span);
        _early.Clear();
    }

    private void WritePass(StateWriter writer)
    {
        var goesOn = _pass!.Write(PieceRows, bytes =>
        {
            writer.Boolean(true);
            writer.Raw(bytes.Span);
        });
        if (goesOn) return;
        _pass.Dispose();
        (_pass, _isOfCapture) = (null, false);
    }

    private void ScanRows(StateWriter writer)
    {
        var end = Math.Min(rows.Top, _scanned + PieceRows);
        for (; _scanned < end && writer.Length < PieceBytes; _scanned++)
            if (rows.Changes.IsClean(_scanned) && !rows.IsEmpty(_scanned)) Write(_scanned, writer);
        _isScanning = _scanned < rows.Top;
    }

    private void Write(int row, StateWriter writer)
    {
        writer.Boolean(true);
        rows.Write(row, writer);
    }
}
