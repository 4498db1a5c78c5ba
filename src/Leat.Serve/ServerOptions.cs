using System.Net;
using Leat.Core;

namespace Leat.Serve;

/// <summary>Settings of the HTTP face (<c>server:</c> in leat.yml).</summary>
public sealed class ServerOptions
{
    /// <summary>Section in configuration.</summary>
    public const string Section = "Leat:Server";

    /// <summary>Address to listen on: a loopback address or <c>localhost</c>. Default 127.0.0.1.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port, 1 to 65,535; 0 = any free one. Default 4310.</summary>
    public int Port { get; set; } = 4310;

    /// <summary>Folder of the built front end; null or absent folder = the page answers with a remedy.</summary>
    public string? SiteFolder { get; set; }

    /// <summary>Largest request body of the collector, decompressed, 1 KB to 1 GB. Default 16 MB.</summary>
    public long MaxBodyBytes { get; set; } = 16L << 20;

    /// <summary>Longest event, 1 KB to 64 MB. Default 1 MB.</summary>
    public int MaxLineBytes { get; set; } = 1 << 20;

    /// <summary>Most bytes of events held in memory by unanswered requests; beyond it the collector answers 429. Default 64 MB.</summary>
    public long MaxInFlightBytes { get; set; } = 64L << 20;

    /// <summary>Most rows of an answer to ad hoc SQL, 1 to 1,000,000. Default 10,000.</summary>
    public int MaxSqlRows { get; set; } = 10_000;

    /// <summary>Longest run of ad hoc SQL. Default 30 s.</summary>
    public TimeSpan SqlTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which a live connection gets a heartbeat. Default 15 s.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Shortest time between two frames of a live view. Default 100 ms.</summary>
    public TimeSpan FrameInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Most live connections at once; beyond it they get 503. Default 1,000.</summary>
    public int MaxLiveClients { get; set; } = 1_000;

    /// <summary>The address to bind.</summary>
    /// <exception cref="LeatException">LEAT6001 not a loopback address; LEAT6003 a setting out of its range.</exception>
    internal IPAddress Validate()
    {
        InRange("port", Port, 0, IPEndPoint.MaxPort);
        InRange("max_body_bytes", MaxBodyBytes, 1 << 10, 1 << 30);
        InRange("max_line_bytes", MaxLineBytes, 1 << 10, 64 << 20);
        InRange("max_in_flight_bytes", MaxInFlightBytes, MaxBodyBytes, 1L << 40);
        InRange("max_sql_rows", MaxSqlRows, 1, 1_000_000);
        InRange("max_live_clients", MaxLiveClients, 1, 100_000);
        if (string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        if (IPAddress.TryParse(Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)) return address;
        throw new LeatException(
            "LEAT6001", $"the server may only listen on this machine, not on '{Host}': authentication is not built yet", "server.host",
            "use 127.0.0.1, ::1 or localhost; to reach it from elsewhere, forward the port (ssh -L 4310:127.0.0.1:4310)");
    }

    private static void InRange(string setting, long value, long from, long to)
    {
        if (value >= from && value <= to) return;
        throw new LeatException("LEAT6003", $"{value} is out of range; it must be between {from} and {to}", $"server.{setting}", "correct the setting in leat.yml");
    }
}
