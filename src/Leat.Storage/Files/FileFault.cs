namespace Leat.Storage;

/// <summary>A failure to be raised instead of a file operation.</summary>
/// <param name="Error">Thrown; its HResult is the errno.</param>
/// <param name="BytesBefore">A write stores this many bytes before it fails (a torn write).</param>
public sealed record FileFault(IOException Error, long BytesBefore = 0)
{
    /// <summary>No space left on device.</summary>
    public static FileFault DiskFull(long bytesBefore = 0) => new(new IOException("No space left on device", DiskErrors.NoSpace), bytesBefore);

    /// <summary>Input/output error.</summary>
    public static FileFault Broken(long bytesBefore = 0) => new(new IOException("Input/output error", DiskErrors.InputOutput), bytesBefore);
}
