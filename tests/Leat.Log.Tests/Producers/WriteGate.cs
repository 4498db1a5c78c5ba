using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Holds writes to segments back until it is opened, or makes them fail.</summary>
internal sealed class WriteGate : IFileFaults, IDisposable
{
    private readonly ManualResetEventSlim _open = new(true);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a write waits.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Raised by every write, also by one that waits now.</summary>
    public FileFault? Fault { get; set; }

    /// <summary>Raised by writes that come from now on.</summary>
    public FileFault? FaultFromNow { get; set; }

    public void Close() => _open.Reset();

    public void Open() => _open.Set();

    public void Dispose() => _open.Dispose();

    public FileFault? Before(FileOperation operation, string path, long bytes)
    {
        if (operation != FileOperation.Write || !path.EndsWith(Segment.Extension, StringComparison.Ordinal)) return null;
        var fault = FaultFromNow;
        if (!_open.IsSet) _reached.TrySetResult();
        Assert.True(_open.Wait(TimeSpan.FromSeconds(20)), "the gate was never opened");
        return Fault ?? fault;
    }
}
