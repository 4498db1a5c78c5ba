using System.Reflection;
using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>Finds the engine's native library: LEAT_DUCKDB_LIBRARY, beside the program, then native/node_modules of a folder above the program or the current one.</summary>
internal static class NativeLibraryPath
{
    public const string Name = "duckdb";
    private const string Variable = "LEAT_DUCKDB_LIBRARY";

    public static void Install() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraryPath).Assembly, Resolve);

    /// <summary>Absolute path of the library.</summary>
    /// <exception cref="LeatException">LEAT1101 it is nowhere.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw Missing($"{Variable}={named}");
        var file = OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";
        var package = Path.Combine("native", "node_modules", "@duckdb", $"node-bindings-{Platform()}", file);
        var candidates = new[] { AppContext.BaseDirectory, Environment.CurrentDirectory }
            .SelectMany(AndAbove)
            .Select(folder => Path.Combine(folder, package))
            .Prepend(Path.Combine(AppContext.BaseDirectory, file));
        return candidates.FirstOrDefault(File.Exists) ?? throw Missing(AppContext.BaseDirectory);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) => name == Name ? NativeLibrary.Load(Find()) : 0;

    private static IEnumerable<string> AndAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }

    private static LeatException Missing(string where) => new(
        "LEAT1101", "the SQL engine's native library (libduckdb) is not installed", where,
        $"run './leat doctor', or 'npm ci' in the folder native/ of the repository, or set {Variable} to the library's path", Fault.External);
}
