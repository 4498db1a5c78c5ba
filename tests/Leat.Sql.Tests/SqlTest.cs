using Leat.Conformance;
using Leat.Core;
using Microsoft.Extensions.Options;

namespace Leat.Sql.Tests;

/// <summary>An engine on a warehouse in a folder of its own, with a table and a source "lake".</summary>
public abstract class SqlTest : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqlEngine _engine;

    protected SqlTest()
    {
        var project = new LeatProject(_folder.Path, "test", "dev", Path.Combine(_folder.Path, ".leat"));
        Directory.CreateDirectory(project.LakeFolder);
        Parquet = Path.Combine(project.LakeFolder, "part.parquet");
        Source = new FakeSource("lake", Parquet);
        _engine = new SqlEngine(project, [Source], Options.Create(new SqlEngineOptions { UntrustedMemoryLimit = "300MB" }));
        Session = _engine.OpenSession(new SqlSessionOptions());
        Outside = _engine.OpenSession(new SqlSessionOptions(Untrusted: true, Timeout: TimeSpan.FromSeconds(4)));
    }

    internal FakeSource Source { get; }

    protected string Parquet { get; }

    protected ISqlEngine Engine => _engine;

    protected ISqlSession Session { get; }

    protected ISqlSession Outside { get; }

    public async Task InitializeAsync() => await Session.ExecuteAsync(
        $"CREATE TABLE orders AS SELECT i AS id, i * 1.5 AS amount, 'customer ' || i AS customer FROM range(10000) t(i); CREATE VIEW big AS FROM orders WHERE id > 5000; CREATE SCHEMA marts; CREATE TABLE marts.days (day DATE); COPY (SELECT 42 AS x) TO '{Parquet}'", default);

    public async Task DisposeAsync()
    {
        await Session.DisposeAsync();
        await Outside.DisposeAsync();
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static async Task<string> Read(ISqlSession session, string sql, params object?[] parameters)
    {
        await using var result = await session.QueryAsync(sql, parameters, default);
        var rows = new List<string>();
        await foreach (var batch in result.ReadAsync(default))
        {
            using (batch)
            {
                for (var row = 0; row < batch.RowCount; row++) rows.Add(string.Join("|", Enumerable.Range(0, batch.ColumnCount).Select(column => batch[column].GetValue(row) ?? "NULL")));
            }
        }

        return string.Join(";", rows);
    }

    protected static async Task<LeatException> Refused(ISqlSession session, string sql) => await Assert.ThrowsAnyAsync<LeatException>(() => Read(session, sql));
}
