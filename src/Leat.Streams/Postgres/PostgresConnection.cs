using Leat.Core;
using Npgsql;

namespace Leat.Streams;

/// <summary>Connections of sinks, and what their errors mean.</summary>
internal static class PostgresConnection
{
    private const int ConnectSeconds = 5;

    // The server goes down, or came up just now, or has no connection left.
    private static readonly string[] Passing = [PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.CannotConnectNow, PostgresErrorCodes.TooManyConnections, PostgresErrorCodes.QueryCanceled];

    /// <exception cref="LeatException">LEAT2145 not a connection string. No message repeats it.</exception>
    public static NpgsqlDataSource Open(string sink, string text)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(text) { Timezone = "UTC", IncludeErrorDetail = false, PersistSecurityInfo = false };
            settings.ApplicationName ??= "leat streams";
            if (!settings.ContainsKey("Timeout")) settings.Timeout = ConnectSeconds;
            if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = 2;
            if (string.IsNullOrEmpty(settings.Host)) throw StreamErrors.SinkSettings(sink, "the connection string in the secret names no host", "write Host=...;Database=...;Username=...;Password=... into the secret");
            return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // The cause may hold what stands in the secret.
            throw StreamErrors.SinkSettings(sink, $"the secret of {text.Length} characters is no connection string for PostgreSQL", "write Host=...;Database=...;Username=...;Password=... into the secret");
        }
    }

    /// <summary>Runs what asks the server, with its errors as the room's.</summary>
    public static async Task<T> AskAsync<T>(string sink, Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (PostgresException e) when (!e.IsTransient && !Passing.Contains(e.SqlState))
        {
            throw StreamErrors.SinkRefused(sink, $"{e.MessageText} ({e.SqlState})", e);
        }
        catch (NpgsqlException e)
        {
            throw StreamErrors.SinkAway(sink, e.Message, e);
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or TimeoutException or System.Security.Authentication.AuthenticationException)
        {
            throw StreamErrors.SinkAway(sink, $"it cannot be reached: {e.Message}", e);
        }
    }
}
