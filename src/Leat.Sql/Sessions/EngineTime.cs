namespace Leat.Sql;

/// <summary>Times without a zone are UTC in every session, whatever the machine's zone is: lake files and stream results are.</summary>
internal static class EngineTime
{
    /// <summary>Statement to run once on a new database.</summary>
    public const string Utc = "set global TimeZone = 'UTC'";
}
