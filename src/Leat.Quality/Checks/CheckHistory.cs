using System.Data;
using System.Globalization;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Results of checks in the metadata store; the newest 1,000 a check are kept.</summary>
internal sealed class CheckHistory(IMetaStore meta)
{
    private const int Kept = 1_000;

    private static readonly MetaSchema Tables = new("quality",
    [
        """
        CREATE TABLE quality_result (
          run_id TEXT NOT NULL, check_name TEXT NOT NULL, dataset TEXT NOT NULL, status TEXT NOT NULL, actual TEXT, message TEXT NOT NULL, at BIGINT NOT NULL, elapsed_ms BIGINT NOT NULL,
          PRIMARY KEY (run_id, check_name))
        """,
        "CREATE INDEX quality_result_by_check ON quality_result (check_name, at)",
    ]);

    private readonly Lazy<Task> _migrated = new(() => meta.MigrateAsync(Tables, CancellationToken.None));

    public async Task AddAsync(CheckReport report, CancellationToken ct)
    {
        await _migrated.Value.ConfigureAwait(false);
        await meta.WriteAsync(
            t =>
            {
                foreach (var result in report.Results)
                {
                    t.Execute(
                        "INSERT INTO quality_result (run_id, check_name, dataset, status, actual, message, at, elapsed_ms) VALUES (@0, @1, @2, @3, @4, @5, @6, @7)",
                        result.RunId, result.Check, result.Dataset, result.Status, result.Actual?.ToString(CultureInfo.InvariantCulture), result.Message, result.At, result.ElapsedMs);
                    t.Execute("DELETE FROM quality_result WHERE check_name = @0 AND at < (SELECT at FROM quality_result WHERE check_name = @0 ORDER BY at DESC LIMIT 1 OFFSET @1)", result.Check, Kept);
                }
                return true;
            },
            ct).ConfigureAwait(false);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<CheckResult>> ListAsync(string? check, int limit, CancellationToken ct)
    {
        await _migrated.Value.ConfigureAwait(false);
        return await meta.ReadAsync(
            t => t.Query("SELECT run_id, check_name, dataset, status, actual, message, at, elapsed_ms FROM quality_result WHERE @0 IS NULL OR check_name = @0 ORDER BY at DESC, run_id DESC, check_name LIMIT @1", Result, check, limit),
            ct).ConfigureAwait(false);
    }

    private static CheckResult Result(IDataRecord row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        Enum.Parse<CheckStatus>(row.GetString(3), ignoreCase: true),
        row.IsDBNull(4) ? null : decimal.Parse(row.GetString(4), CultureInfo.InvariantCulture),
        row.GetString(5),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        row.GetInt64(7));
}
