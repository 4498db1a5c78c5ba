using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Makes the n-th change of the disk fail, counted from 1; once, or from then on.</summary>
internal sealed class CountedFaults(int failing, FileFault fault, bool once = false) : IFileFaults
{
    private int _seen;

    /// <summary>Whether the fault was raised.</summary>
    public bool Raised { get; private set; }

    /// <summary>What was hit.</summary>
    public string Hit { get; private set; } = "";

    /// <summary>The disk works again.</summary>
    public bool IsOff { get; set; }

    public FileFault? Before(FileOperation operation, string path, long bytes)
    {
        if (operation is FileOperation.Read || IsOff) return null;
        var number = Interlocked.Increment(ref _seen);
        if (once ? number != failing : number < failing) return null;
        if (!Raised) Hit = $"{operation} {Path.GetFileName(path)}";
        Raised = true;
        return fault;
    }
}
