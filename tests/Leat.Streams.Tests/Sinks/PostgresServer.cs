using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Leat.Streams.Tests.Sinks;

/// <summary>A PostgreSQL of its own on a free port of the loopback address, which can be stopped and started; a database a test.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leat-postgres-").FullName;
    private readonly int _port = FreePort();
    private int _databases;

    internal static string? Binaries { get; } = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb"))) : null;

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        if (Binaries is null) return;
        if (Environment.UserName == "root") await RunAsync(new ProcessStartInfo("chown", ["nobody", _folder]));
        await RunAsync(Tool("initdb", "-D", Data, "-U", "leat", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"));
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Binaries is null) return;
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public Task StartAsync() => RunAsync(Tool("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off", "start"));

    /// <summary>As a power cut would.</summary>
    public Task StopAsync() => RunAsync(Tool("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop"));

    /// <summary>A new database, and a file with its connection string.</summary>
    public async Task<PostgresDatabase> CreateAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(Text("postgres"));
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        var secret = Path.Combine(_folder, $"{name}.secret");
        await File.WriteAllTextAsync(secret, $"{Text(name)}\n");
        return new PostgresDatabase(NpgsqlDataSource.Create(Text(name) + ";Pooling=false"), $"file:{secret}");
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Text(string database) => $"Host=127.0.0.1;Port={_port};Username=leat;Password=wholly-secret;Database={database}";

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static ProcessStartInfo Tool(string name, params IEnumerable<string> arguments)
    {
        var program = Path.Combine(Binaries!, name);
        return Environment.UserName == "root" ? new("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments]) : new(program, arguments);
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        start.WorkingDirectory = "/";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}");
    }
}
