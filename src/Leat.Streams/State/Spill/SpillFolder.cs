using Leat.Storage;

namespace Leat.Streams.State.Spill;

/// <summary>Files of state that does not fit into memory. They belong to one run of a job: a checkpoint never needs them, and the next run begins with none.</summary>
internal sealed class SpillFolder(string folder, DurableFiles files) : IDisposable
{
    private int _number;

    /// <summary>Removes what a run that died has left.</summary>
    public void Begin()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    public DurableFile Create()
    {
        files.CreateFolder(folder);
        return files.Create(Path.Combine(folder, $"{Interlocked.Increment(ref _number)}.spill"));
    }

    /// <summary>What to throw when the disk failed: LEAT2120.</summary>
    public Leat.Core.LeatException Failed(IOException error) => StreamErrors.Spill(folder, error);

    /// <summary>Closes the file and removes it.</summary>
    public void Delete(DurableFile file)
    {
        file.Dispose();
        files.Delete(file.Path);
    }

    public void Dispose() => Begin();
}
