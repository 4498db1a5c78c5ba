namespace Leat.Streams.Tests.Sinks;

/// <summary>A test against a real PostgreSQL; skipped, saying so, where it is not installed, but not in continuous integration.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresServer.Binaries is null && Environment.GetEnvironmentVariable("CI") != "true") Skip = "PostgreSQL is not installed: apt-get install postgresql";
    }
}
