using Leat.Streams.Execution;
using Leat.Streams.Jobs;
using Leat.Streams.Kernels;

namespace Leat.Streams.Checkpoints;

/// <summary>
/// The file that a job's state is in. When it is mostly outdated a new one is made beside it over several epochs: it gets every capture as the old one does, and pieces of all the rest in between;
/// with the first capture after the last piece it is whole and takes over. The workers never wait for it.
/// </summary>
/// <param name="plan">Of the job.</param>
/// <param name="folder">Where the files are.</param>
/// <param name="parts">Of the run.</param>
internal sealed class StateFiles(JobPlan plan, string folder, RunParts parts) : IDisposable
{
    private const int FrameBytes = 1 << 20;
    private readonly StateFrame _frame = new();
    private readonly StateWriter _piece = new();
    private StateJournal? _journal;
    private StateJournal? _next;
    private int _scanning;
    private long _wholeBytes;

    /// <summary>Name of the file in use.</summary>
    public string Name => _journal!.Name;

    /// <summary>Of the file in use, in bytes; 0 = there is none.</summary>
    public long Length => _journal?.Length ?? 0;

    /// <summary>Size of the file in use when it was whole.</summary>
    public long WholeBytes => _wholeBytes;

    /// <summary>Of the last epoch, in all files, in bytes.</summary>
    public long LastBytes { get; private set; }

    private bool IsOvergrown => _journal!.Length > parts.Options.StateFileBytes && _journal.Length > 4 * _wholeBytes;

    /// <summary>Goes on with a file that was loaded.</summary>
    /// <param name="journal">As opened.</param>
    /// <param name="wholeBytes">As the record says; 0 = not known.</param>
    public void Open(StateJournal journal, long wholeBytes) => (_journal, _wholeBytes) = (journal, wholeBytes > 0 ? wholeBytes : journal.Length / 4);

    /// <summary>While all workers stand still: captures the operators.</summary>
    /// <returns>Whether a new file is whole with what is captured, and takes over.</returns>
    public bool Capture()
    {
        var begins = _journal is null || (_next is null ? IsOvergrown && !plan.Stateful.Exists(o => o.IsScanned) : _scanning == plan.Stateful.Count);
        foreach (var part in plan.Stateful) part.Capture(whole: _journal is null || (begins && !part.IsScanned));
        return begins;
    }

    /// <summary>Makes durable what was captured.</summary>
    /// <param name="snapshot">What was captured.</param>
    /// <param name="taken">Places of the lake sinks whose rows are staged.</param>
    public void Write(Snapshot snapshot, IReadOnlySet<int> taken)
    {
        if (!snapshot.BeginsFile && _next is null && IsOvergrown) BeginNext(snapshot.Epoch);
        if (snapshot.BeginsFile) _next ??= StateJournal.Begin(parts.Files, folder, snapshot.Epoch);
        var target = snapshot.BeginsFile ? _next! : _journal!;
        var before = target.Length;
        WriteOperators(target);
        WriteRows(snapshot, taken, target);
        if (snapshot.BeginsFile) TakeOver(snapshot.Epoch);
        _journal!.Sync();
        LastBytes = _journal.Length - before;
    }

    /// <summary>Goes on with the new file, where there is one: so many bytes at most, so that the next epoch need not wait long.</summary>
    public void Scan(CancellationToken ct)
    {
        if (_next is null) return;
        var end = _next.Length + Math.Max(parts.Options.ScanBytes, 2 * LastBytes);
        while (_scanning < plan.Stateful.Count && _next.Length < end)
        {
            ct.ThrowIfCancellationRequested();
            if (!plan.Stateful[_scanning].IsScanned || !ScanPiece(_scanning)) _scanning++;
        }

        WriteFrame(_next);
        _next.Sync();
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _next?.Dispose();
    }

    private void BeginNext(long epoch)
    {
        _next = StateJournal.Begin(parts.Files, folder, epoch);
        _scanning = 0;
        foreach (var part in plan.Stateful) part.BeginScan();
    }

    private void TakeOver(long epoch)
    {
        _next!.Finish(epoch);
        _journal?.Dispose();
        (_journal, _next) = (_next, null);
        _wholeBytes = _journal.Length;
    }

    /// <summary>Pieces of operators that are scanned go to both files.</summary>
    private void WriteOperators(StateJournal target)
    {
        for (var i = 0; i < plan.Stateful.Count; i++)
        {
            var part = plan.Stateful[i];
            var both = part.IsScanned && _next != target;
            bool more;
            do
            {
                _piece.Clear();
                more = part.WriteCaptured(_piece);
                StateEntries.AddOperator(_frame.Entries, i, _piece.Written.Span);
                if (_frame.Length >= FrameBytes) WriteFrame(target, both);
            }
            while (more);
            if (_next is not null && _next != target) WriteFrame(target, both);
        }

        WriteFrame(target);
    }

    private void WriteRows(Snapshot snapshot, IReadOnlySet<int> taken, StateJournal target)
    {
        foreach (var (sink, added, all) in snapshot.Rows)
        {
            if (!taken.Contains(sink.Index)) StateEntries.AddRows(_frame.Entries, sink, snapshot.BeginsFile ? all : added);
            else if (!snapshot.BeginsFile) StateEntries.AddTaken(_frame.Entries, sink, all.Length - added.Length);
            if (_frame.Length >= FrameBytes) WriteFrame(target);
        }

        WriteFrame(target);
    }

    private bool ScanPiece(int place)
    {
        _piece.Clear();
        var more = plan.Stateful[place].Scan(_piece);
        StateEntries.AddOperator(_frame.Entries, place, _piece.Written.Span);
        if (_frame.Length >= FrameBytes) WriteFrame(_next!);
        return more;
    }

    private void WriteFrame(StateJournal target, bool both = false)
    {
        if (_frame.IsEmpty) return;
        var sealedFrame = _frame.Seal();
        target.Append(sealedFrame);
        if (both && _next is { } next) next.Append(sealedFrame);
        _frame.Clear();
    }
}
