using Leat.Core;

namespace Leat.Host.Owner;

/// <summary>The exclusive lock on a data folder: held by an open file, so the kernel frees it however the process ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>The lock, or null when another process holds it.</summary>
    public static DataFolderLock? TryTake(string dataFolder)
    {
        try
        {
            Directory.CreateDirectory(dataFolder);
            var file = new FileStream(PathFor(dataFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            SignWithProcessId(file);
            return new DataFolderLock(file);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LeatException("LEAT7005", $"the data folder cannot be written: {e.Message}", dataFolder, "give this user write access, or set data_folder in leat.yml", Fault.External, cause: e);
        }
        catch (IOException) when (File.Exists(PathFor(dataFolder)))
        {
            return null;
        }
    }

    private static void SignWithProcessId(FileStream file)
    {
        try
        {
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
        }
        catch (IOException)
        {
            // The number only helps a person; on a full disk the lock itself holds all the same.
        }
    }

    public static string PathFor(string dataFolder) => Path.Combine(dataFolder, "leat.lock");

    public void Dispose() => _file.Dispose();
}
