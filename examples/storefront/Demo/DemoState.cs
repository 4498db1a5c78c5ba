using Leat.Core;

namespace Storefront.Demo;

/// <summary>The data folder as the demo uses it: goes on after a kill, starts anew for other data and after a finished pass.</summary>
/// <param name="folder">The project's data folder.</param>
/// <param name="data">What the demo shows: "simulated", or the hash of the files to replay.</param>
internal sealed class DemoState(string folder, string data)
{
    private const string DataFileName = "demo.data";
    private static readonly string[] Kept = ["leat.lock", DataFileName];
    private static readonly string[] ValuableFolders = ["log", "lake"];

    private string DataFile => Path.Combine(folder, DataFileName);

    private string DoneFile => Path.Combine(folder, "demo.done");

    /// <summary>Called under the lock of the folder.</summary>
    /// <param name="once">A finished pass is not shown again but done again.</param>
    /// <exception cref="LeatException">LEAT8008 the folder holds data that no demo made.</exception>
    public void Prepare(bool once)
    {
        var before = File.Exists(DataFile) ? File.ReadAllText(DataFile) : null;
        if (before == data && !(once && File.Exists(DoneFile))) return;
        if (before is null && ValuableFolders.Any(f => Directory.Exists(Path.Combine(folder, f))))
        {
            throw new LeatException("LEAT8008", "the data folder holds data that no demo made", folder, "move it away or delete it, or set LEAT_DATA_FOLDER to another folder");
        }
        // Emptied first: a clean-up that is killed half-way is taken up again, not mistaken for somebody's data.
        File.WriteAllText(DataFile, "");
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(e => !Kept.Contains(e.Name)))
        {
            if (entry is DirectoryInfo sub) sub.Delete(recursive: true);
            else entry.Delete();
        }
        File.WriteAllText(DataFile, data);
    }

    /// <summary>The pass is complete.</summary>
    public void MarkDone() => File.WriteAllText(DoneFile, "");
}
