namespace Storefront.Demo;

/// <summary>The data folder of a replay: goes on after a kill, starts anew for other data and after a finished pass.</summary>
internal sealed class ReplayState(string folder)
{
    private const string LockFile = "leat.lock";

    public string Folder => folder;

    private string FingerprintFile => Path.Combine(folder, "replay.data");

    private string DoneFile => Path.Combine(folder, "replay.done");

    /// <summary>Called under the lock of the folder.</summary>
    /// <param name="fingerprint">Hash of the data to replay.</param>
    /// <param name="once">A finished pass is not shown again but done again.</param>
    public void Prepare(string fingerprint, bool once)
    {
        var same = File.Exists(FingerprintFile) && File.ReadAllText(FingerprintFile) == fingerprint;
        if (same && !(once && File.Exists(DoneFile))) return;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.Name == LockFile) continue;
            if (entry is DirectoryInfo sub) sub.Delete(recursive: true);
            else entry.Delete();
        }
        File.WriteAllText(FingerprintFile, fingerprint);
    }

    /// <summary>The pass is complete.</summary>
    public void MarkDone() => File.WriteAllText(DoneFile, "");
}
