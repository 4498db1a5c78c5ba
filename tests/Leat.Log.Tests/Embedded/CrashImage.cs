namespace Leat.Log.Tests;

/// <summary>What a killed process leaves: a copy of the files of a log that is still open.</summary>
internal static class CrashImage
{
    public static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from)) Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file) == ".lock") continue;
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = new FileStream(file.Replace(from, to, StringComparison.Ordinal), FileMode.Create);
            source.CopyTo(target);
        }
    }

    /// <summary>The segment files of a partition, oldest first.</summary>
    public static string[] Segments(string root, string topic, int partition = 0) =>
        [.. Directory.GetFiles(Path.Combine(root, topic, $"{partition}"), "*.log").Order(StringComparer.Ordinal)];
}
