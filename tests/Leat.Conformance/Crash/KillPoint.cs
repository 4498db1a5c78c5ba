using System.Diagnostics;
using System.Globalization;
using Leat.Storage;

namespace Leat.Conformance;

/// <summary>A named place in the program: just before the n-th operation of a kind on files whose path contains a text, the process kills itself (SIGKILL).</summary>
/// <param name="Operation">What is about to happen.</param>
/// <param name="Name">Part of the file name; with a slash in it, of the folder and file name.</param>
/// <param name="Number">Which time, from 1.</param>
public sealed record KillPoint(FileOperation Operation, string Name, int Number) : IFileFaults
{
    private int _seen;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static KillPoint Parse(string text)
    {
        var parts = text.Split('|');
        return new KillPoint(Enum.Parse<FileOperation>(parts[0]), parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public FileFault? Before(FileOperation operation, string path, long bytes)
    {
        if (operation != Operation || !IsMeant(path) || Interlocked.Increment(ref _seen) != Number) return null;
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
        return null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Operation}|{Name}|{Number}");

    /// <summary>The name with the folder it is in where the text has one, else the name alone.</summary>
    private bool IsMeant(string path) =>
        (Name.Contains('/') ? Path.Join(Path.GetFileName(Path.GetDirectoryName(path)), Path.GetFileName(path)) : Path.GetFileName(path)).Contains(Name, StringComparison.Ordinal);
}
