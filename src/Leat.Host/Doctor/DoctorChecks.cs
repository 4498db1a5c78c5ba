using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Leat.Core;
using Leat.DuckDb;
using Leat.Host.CommandLine;
using Leat.Host.Composition;
using Leat.Serve;
using Microsoft.Extensions.Configuration;

namespace Leat.Host.Doctor;

/// <summary>What Leat needs of a machine and of a project.</summary>
internal static class DoctorChecks
{
    private const long LeastFreeBytes = 1L << 30;

    public static IEnumerable<Func<CancellationToken, Task<DoctorCheck>>> All(VerbContext context) =>
    [
        _ => Task.FromResult(Runtime()),
        _ => Task.FromResult(Engine()),
        _ => Task.FromResult(Page()),
        _ => Task.FromResult(ProjectCheck(context, "project", loaded => loaded.Project.Root)),
        _ => Task.FromResult(ProjectCheck(context, "data folder", DataFolder)),
        _ => Task.FromResult(ProjectCheck(context, "disk", FreeSpace)),
        _ => Task.FromResult(ProjectCheck(context, "port", FreePort)),
    ];

    private static DoctorCheck Runtime() => new("runtime", Environment.Version.Major >= 10, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores", "install the .NET 10 runtime");

    private static DoctorCheck Engine()
    {
        try
        {
            return new DoctorCheck("engine", true, $"DuckDB {DuckDbDatabase.EngineVersion}", "");
        }
        catch (LeatException e)
        {
            return new DoctorCheck("engine", false, e.What, e.Todo);
        }
    }

    private static DoctorCheck Page() => SiteFolder.Find() is { } folder
        ? new DoctorCheck("page", true, folder, "")
        : new DoctorCheck("page", false, "the front end is not built", "./leat demo or ./leat up build it; they need Node.js 20 and npm");

    private static DoctorCheck ProjectCheck(VerbContext context, string name, Func<LoadedProject, string> check)
    {
        try
        {
            return new DoctorCheck(name, true, check(LeatRuntime.Load(context.ProjectFolder, context.Target, context.ProjectFolder)), "");
        }
        catch (LeatException e)
        {
            return new DoctorCheck(name, false, $"{e.Code}: {e.What}", e.Todo);
        }
    }

    private static string DataFolder(LoadedProject loaded)
    {
        var folder = loaded.Project.DataFolder;
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $"doctor-{Environment.ProcessId}.tmp");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return $"{folder} can be written";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LeatException("LEAT7005", $"the data folder cannot be written: {e.Message}", folder, "give this user write access, or set data_folder in leat.yml", Fault.External, cause: e);
        }
    }

    private static string FreeSpace(LoadedProject loaded)
    {
        var free = new DriveInfo(loaded.Project.Root).AvailableFreeSpace;
        return free >= LeastFreeBytes
            ? $"{free >> 30} GB free"
            : throw new LeatException("LEAT7012", $"only {free >> 20} MB are free", loaded.Project.Root, "make room: at least 1 GB", Fault.External);
    }

    private static string FreePort(LoadedProject loaded)
    {
        var options = new ServerOptions();
        loaded.Configuration.GetSection(ServerOptions.Section).Bind(options);
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, options.Port);
            listener.Start();
            return $"{options.Port} is free";
        }
        catch (SocketException e)
        {
            throw new LeatException("LEAT7013", $"port {options.Port} is used: {e.SocketErrorCode}", "server.port", "a running 'leat up' of this project uses it, or another program does: choose another with --port", Fault.External, cause: e);
        }
    }
}
