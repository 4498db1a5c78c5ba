using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Holds writes to segments back until it is opened, or makes them fail.</summary>
internal sealed class WriteGate : IFileFaults
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? _closed;

    /// <summary>Completes when a write waits.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Raised by every write, also by one that waits now.</summary>
    public FileFault? Fault { get; set; }

    /// <summary>Raised by writes that come from now on.</summary>
    public FileFault? FaultFromNow { get; set; }

    public void Close() => _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        var closed = _closed;
        _closed = null;
        closed?.SetResult();
    }

    public FileFault? Before(FileOperation operation, string path, long bytes)
    {
        if (operation != FileOperation.Write || !path.EndsWith(Segment.Extension, StringComparison.Ordinal)) return null;
        var fault = FaultFromNow;
        if (_closed is { } closed)
        {
            _reached.TrySetResult();
            if (!closed.Task.Wait(TimeSpan.FromSeconds(20))) throw new IOException("the gate was never opened");
        }
        return Fault ?? fault;
    }
}
