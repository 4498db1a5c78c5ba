namespace Leat.Storage;

/// <summary>What is about to be asked of the file system.</summary>
public enum FileOperation
{
    /// <summary>Open or create a file.</summary>
    Open,

    /// <summary>Write bytes.</summary>
    Write,

    /// <summary>Read bytes.</summary>
    Read,

    /// <summary>fsync of a file.</summary>
    Sync,

    /// <summary>fsync of a folder, which makes names durable.</summary>
    SyncFolder,

    /// <summary>Rename over an existing name.</summary>
    Rename,

    /// <summary>Give a file a second name, if that name is free.</summary>
    Link,

    /// <summary>Cut a file.</summary>
    Truncate,

    /// <summary>Remove a name.</summary>
    Delete,
}
