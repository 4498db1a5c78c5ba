namespace Leat.Bench.Log;

/// <summary>
/// Folders of parts that follow each other. The one before goes only when the next begins, so that the next gets its page cache from memory that is in use:
/// in a virtual machine the host takes freed memory back within seconds, and the first touch afterwards costs more than the copy that is measured.
/// </summary>
/// <param name="root">Folder of all.</param>
internal sealed class RunFolders(string root)
{
    private string? _before;

    /// <summary>A folder that does not exist yet; the one before is removed.</summary>
    public string Next(string name)
    {
        if (_before is not null) Directory.Delete(_before, recursive: true);
        return _before = Path.Combine(root, name);
    }
}
