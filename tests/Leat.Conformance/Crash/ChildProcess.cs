using System.Diagnostics;
using System.Reflection;

namespace Leat.Conformance;

/// <summary>A test assembly as a program of its own, which does not outlive the tests.</summary>
public static class ChildProcess
{
    /// <summary>Starts the assembly with these arguments. Its standard input stays open as long as this process lives; its standard output can be read.</summary>
    public static Process Start(Assembly program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [program.Location, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>In the program: it is killed when its standard input ends, which is when its parent is gone, however that came.</summary>
    public static void EndWithParent()
    {
        var watch = new Thread(() =>
        {
            var buffer = new byte[64];
            using var input = Console.OpenStandardInput();
            while (input.Read(buffer) > 0)
            {
            }

            Process.GetCurrentProcess().Kill();
        }) { IsBackground = true, Name = "ends with its parent" };
        watch.Start();
    }
}
