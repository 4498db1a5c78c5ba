namespace Leat.Storage;

/// <summary>Seam for tests: asked before every file operation, and may make it fail. Called from any thread.</summary>
public interface IFileFaults
{
    /// <summary>Null to go on; else the fault to raise.</summary>
    /// <param name="operation">What is about to happen.</param>
    /// <param name="path">File or folder.</param>
    /// <param name="bytes">Size of a read, write or cut; else 0.</param>
    FileFault? Before(FileOperation operation, string path, long bytes);
}
