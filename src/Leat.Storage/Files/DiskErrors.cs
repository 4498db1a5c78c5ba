namespace Leat.Storage;

/// <summary>Tells apart the errors of a file system.</summary>
public static class DiskErrors
{
    internal const int InputOutput = 5;
    internal const int Exists = 17;
    internal const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Disk or quota full: the same write can succeed once there is room.</summary>
    public static bool IsFull(IOException error) => error.HResult is NoSpace or QuotaExceeded or WindowsDiskFull;
}
